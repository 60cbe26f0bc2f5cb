package dev.lockstep.sim.weave;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Defines the product's classes, woven, and those of the simulator that use them. */
public final class SimLoader extends ClassLoader {

    private static final String OURS = "dev.lockstep.";
    private static final String WEAVING = "dev.lockstep.sim.weave.";
    private static final String SIMULATOR = "dev.lockstep.sim.";

    /** Where there are threads, locks, clocks or random bytes. */
    private static final List<String> WOVEN = List.of(
            "dev.lockstep.revocation.",
            "dev.lockstep.session.",
            "dev.lockstep.key.",
            "dev.lockstep.channel.",
            "dev.lockstep.concurrent.",
            "dev.lockstep.cache.memory.",
            "dev.lockstep.cache.seal.",
            "dev.lockstep.spi.");

    static {
        registerAsParallelCapable();
    }

    private final @Nullable Slip slip;

    /** @param slip a rule that is broken; null for none */
    public SimLoader(@Nullable Slip slip) {
        super("simulation", SimLoader.class.getClassLoader());
        this.slip = slip;
    }

    /** Whatever is drawn when a class is initialised is drawn before anything is simulated. */
    public void initialise(List<String> names) throws ClassNotFoundException {
        for (String name : names) {
            Class.forName(OURS + name, true, this);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS) || name.startsWith(WEAVING)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = changed(name, read(name));
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] read(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private byte[] changed(String name, byte[] bytes) {
        byte[] broken = slip == null ? bytes : slip.brokenIn(name, bytes, getParent());
        boolean woven = !name.startsWith(SIMULATOR) && WOVEN.stream().anyMatch(name::startsWith);
        return woven ? Weaver.woven(name, broken) : broken;
    }
}
