package dev.lockstep.map;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.isMethod;
import static net.bytebuddy.matcher.ElementMatchers.isNative;
import static net.bytebuddy.matcher.ElementMatchers.nameContains;
import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.none;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.agent.builder.AgentBuilder.DescriptionStrategy;
import net.bytebuddy.agent.builder.AgentBuilder.Listener;
import net.bytebuddy.agent.builder.AgentBuilder.RedefinitionStrategy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.utility.JavaModule;
import org.jspecify.annotations.Nullable;

/**
 * Notes which types of the product run, on whichever thread: those of which a method or a
 * constructor is entered. Static, since the code that the agent puts into the product's methods
 * calls it.
 */
public final class Trace {

    private static final String PRODUCT = "dev.lockstep.";
    private static final String OURS = Trace.class.getPackageName() + ".";

    /** Proxies that the CDI container makes: no file has their code. */
    private static final String CONTAINERS = "$Proxy$";

    /** What the node does by itself, now and then. */
    private static final Set<String> BACKGROUND =
            Set.of(PRODUCT + "revocation.Feed", PRODUCT + "revocation.Trimmer", PRODUCT + "session.Sweeper");

    /** So long nothing is entered once an action and its effects are over. */
    private static final Duration QUIET = Duration.ofMillis(200);

    private static final AtomicLong ENTERED = new AtomicLong();
    private static final AtomicLong BACKGROUND_ENTERED = new AtomicLong();
    private static final Set<String> TYPES = new LinkedHashSet<>();
    private static final Set<String> UNTRACED = ConcurrentHashMap.newKeySet();
    private static volatile boolean on;

    private Trace() {}

    /**
     * Puts the call into all classes of the product, loaded or not. It looks at none by reflection,
     * which would load others past the agent.
     */
    static void install() {
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(RedefinitionStrategy.RETRANSFORMATION)
                .with(DescriptionStrategy.Default.POOL_ONLY)
                .with(new Untraced())
                .ignore(none())
                .type(nameStartsWith(PRODUCT).and(not(nameStartsWith(OURS))).and(not(nameContains(CONTAINERS))))
                .transform((builder, type, loader, module, domain) -> builder.visit(Advice.to(Entry.class)
                        .on(isMethod()
                                .or(isConstructor())
                                .and(not(isAbstract()))
                                .and(not(isNative())))))
                .installOn(ByteBuddyAgent.install());
    }

    /** Only those of caches whose libraries are not here may escape. */
    private static final class Untraced extends Listener.Adapter {

        @Override
        public void onError(
                String type, @Nullable ClassLoader loader, @Nullable JavaModule module, boolean loaded, Throwable e) {
            if (!type.startsWith(PRODUCT + "cache.")) {
                UNTRACED.add(type);
            }
        }
    }

    /** The types that run unseen. */
    static Set<String> untraced() {
        return UNTRACED;
    }

    private static final class Entry {

        @Advice.OnMethodEnter
        static void enter(@Advice.Origin("#t") String type) {
            Trace.enter(type);
        }
    }

    /** Called by each method of the product. */
    public static void enter(String type) {
        ENTERED.incrementAndGet();
        if (BACKGROUND.contains(type)) {
            BACKGROUND_ENTERED.incrementAndGet();
        }
        if (on) {
            synchronized (TYPES) {
                TYPES.add(type);
            }
        }
    }

    /** From now on types are noted. */
    static void begin() {
        synchronized (TYPES) {
            TYPES.clear();
        }
        on = true;
    }

    /** The types since the beginning, in the order in which they were first entered. */
    static Set<String> end() {
        on = false;
        synchronized (TYPES) {
            return new LinkedHashSet<>(TYPES);
        }
    }

    /** Grows with each method that the node enters by itself. */
    static long inBackground() {
        return BACKGROUND_ENTERED.get();
    }

    /** Waits until the product does nothing more. */
    static void awaitQuiet() {
        AtomicLong before = new AtomicLong(-1);
        await().pollDelay(Duration.ZERO)
                .pollInterval(QUIET.dividedBy(5))
                .during(QUIET)
                .until(() -> before.getAndSet(ENTERED.get()) == ENTERED.get());
    }
}
