package dev.lockstep.cache.jvm;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.wire.CopyCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The cache of another JVM, by way of its {@link CacheNode}. */
public final class RemoteCache implements SessionCache, AutoCloseable {

    private final CopyCodec codec = new CopyCodec();
    private final ChildJvm jvm;

    private RemoteCache(ChildJvm jvm) {
        this.jvm = jvm;
    }

    public static RemoteCache start(String name, String application, Map<String, String> settings) {
        return start(CacheNode.class, name, application, settings);
    }

    /** With options for the JVM. */
    public static RemoteCache start(
            List<String> options, String name, String application, Map<String, String> settings) {
        return start(options, CacheNode.class, name, application, settings);
    }

    /** With a main class that runs a {@link CacheNode}. */
    public static RemoteCache start(Class<?> main, String name, String application, Map<String, String> settings) {
        return start(List.of(), main, name, application, settings);
    }

    private static RemoteCache start(
            List<String> options, Class<?> main, String name, String application, Map<String, String> settings) {
        List<String> arguments = new ArrayList<>(List.of(name, application));
        settings.forEach((key, value) -> arguments.add(key + "=" + value));
        return new RemoteCache(ChildJvm.start(options, main, arguments));
    }

    public ChildJvm jvm() {
        return jvm;
    }

    @Override
    public synchronized SessionCopy get(TokenDigest digest) {
        String answer = jvm.ask("get " + digest.toHex());
        return answer.equals("nothing") ? null : codec.decode(HexFormat.of().parseHex(answer), digest);
    }

    @Override
    public synchronized void put(SessionCopy copy, Duration timeToLive) {
        String hex = HexFormat.of().formatHex(codec.encode(copy));
        jvm.ask("put " + copy.digest().toHex() + " " + hex + " " + timeToLive.toNanos());
    }

    @Override
    public synchronized void invalidate(TokenDigest digest) {
        jvm.ask("invalidate " + digest.toHex());
    }

    @Override
    public synchronized void clear() {
        jvm.ask("clear");
    }

    @Override
    public void close() {
        jvm.close();
    }
}
