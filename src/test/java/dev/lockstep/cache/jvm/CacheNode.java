package dev.lockstep.cache.jvm;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.wire.CopyCodec;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.SessionCopies;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.SessionCacheProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;

/** A cache in a JVM of its own, worked by lines on its input. */
public final class CacheNode {

    private static final HexFormat HEX = HexFormat.of();
    private static final Duration LONG = Duration.ofHours(1);

    private final CopyCodec codec = new CopyCodec();
    private final SessionCache cache;
    private final More more;

    private CacheNode(SessionCache cache, More more) {
        this.cache = cache;
        this.more = more;
    }

    /** What else a node can be asked for. */
    public interface More {
        /** Answers a line of words that every node would not know. */
        String answer(SessionCache cache, String[] words);
    }

    /** @param arguments the cache's name, the application's, then settings as {@code name=value} */
    public static void main(String... arguments) throws IOException {
        run(arguments, (cache, words) -> "failed: unknown " + words[0]);
    }

    /** The same, for a node that knows more. */
    public static void run(String[] arguments, More more) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        Arrays.stream(arguments)
                .skip(2)
                .map(argument -> argument.split("=", 2))
                .forEach(setting -> settings.put(setting[0], setting[1]));
        SessionCache cache = open(arguments[0], arguments[1], settings, Executors.newSingleThreadScheduledExecutor());
        CacheNode node = new CacheNode(cache, more);
        ChildJvm.serve(node::answer);
        System.exit(0);
    }

    private static SessionCache open(
            String name, String application, Map<String, String> settings, ScheduledExecutorService scheduler) {
        return provider(name)
                .configure(new MapSettings(settings))
                .open(ContractContext.of(application, scheduler, NodeClock.SYSTEM));
    }

    /** Opens a cache, uses it and closes it, so that nothing of it runs on. */
    static boolean use(String name, String application, Map<String, String> settings, Predicate<SessionCache> use)
            throws Exception {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try {
            SessionCache cache = open(name, application, settings, scheduler);
            try {
                return use.test(cache);
            } finally {
                if (cache instanceof AutoCloseable closeable) {
                    closeable.close();
                }
            }
        } finally {
            scheduler.shutdownNow();
        }
    }

    static SessionCacheProvider provider(String name) {
        return ServiceLoader.load(SessionCacheProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String answer(String[] words) {
        try {
            return switch (words[0]) {
                case "get" -> get(digest(words[1]));
                case "put" -> put(digest(words[1]), words[2], Duration.ofNanos(Long.parseLong(words[3])));
                case "invalidate" -> done(() -> cache.invalidate(digest(words[1])));
                case "clear" -> done(cache::clear);
                case "churn" -> done(() -> inBackground(this::churn));
                default -> more.answer(cache, words);
            };
        } catch (RuntimeException e) {
            return "failed: " + e.toString().replace('\n', ' ');
        }
    }

    private String get(TokenDigest digest) {
        SessionCopy copy = cache.get(digest);
        return copy == null ? "nothing" : HEX.formatHex(codec.encode(copy));
    }

    private String put(TokenDigest digest, String hex, Duration timeToLive) {
        SessionCopy copy = codec.decode(HEX.parseHex(hex), digest);
        return done(() -> cache.put(copy, timeToLive));
    }

    /** Puts and gets for ever. */
    private void churn() {
        while (true) {
            SessionCopy copy = SessionCopies.fresh();
            cache.put(copy, LONG);
            cache.get(copy.digest());
        }
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "churn");
        thread.setDaemon(true);
        thread.start();
    }

    private static String done(Runnable work) {
        work.run();
        return "done";
    }

    private static TokenDigest digest(String hex) {
        return TokenDigest.of(HEX.parseHex(hex));
    }
}
