package dev.lockstep.fuzz;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.List;

/**
 * A class with the method that a fuzzer calls for each input, {@code fuzzerTestOneInput(byte[])}:
 * it throws what is a finding.
 */
record Target(String className) {

    static final List<Target> ALL = List.of(
            new Target("dev.lockstep.cache.seal.SealTarget"),
            new Target("dev.lockstep.cache.wire.CopyTarget"),
            new Target("dev.lockstep.channel.PushTarget"),
            new Target("dev.lockstep.endpoints.CursorTarget"),
            new Target("dev.lockstep.session.TokenTarget"),
            new Target("dev.lockstep.spi.PokeTarget"),
            new Target("dev.lockstep.web.CookieTarget"),
            new Target("dev.lockstep.web.HeaderTarget"),
            new Target("dev.lockstep.web.path.PathTarget"));

    /** Without package. */
    String name() {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    /** Inputs that are committed: what it begins with, and what once was a finding. */
    Path seeds(Path rig) {
        return rig.resolve("src/test/resources/seeds").resolve(name());
    }

    /** Tries one input. */
    void run(byte[] input) throws Throwable {
        MethodHandle method = MethodHandles.publicLookup()
                .findStatic(
                        Class.forName(className),
                        "fuzzerTestOneInput",
                        MethodType.methodType(void.class, byte[].class));
        method.invokeExact(input);
    }

    @Override
    public String toString() {
        return name();
    }
}
