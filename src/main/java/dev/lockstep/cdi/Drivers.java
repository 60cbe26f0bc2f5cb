package dev.lockstep.cdi;

import dev.lockstep.config.Problems;
import dev.lockstep.spi.Driver;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tells whether optional libraries are visible to the application. Immutable. */
final class Drivers {

    private final ClassLoader application;

    private Drivers(ClassLoader application) {
        this.application = application;
    }

    static Drivers ofApplication() {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        return new Drivers(application == null ? Drivers.class.getClassLoader() : application);
    }

    /** What sees what the application sees. */
    ClassLoader loader() {
        return application;
    }

    /**
     * Where to look for providers: our own first, so that an application's provider of the same
     * name replaces ours.
     */
    Set<ClassLoader> loaders() {
        Set<ClassLoader> loaders = new LinkedHashSet<>();
        loaders.add(Drivers.class.getClassLoader());
        loaders.add(application);
        return loaders;
    }

    /** Whether all drivers are there; reports each that is not. */
    boolean areThere(String kind, String name, List<Driver> drivers, Problems problems) {
        List<Driver> missing =
                drivers.stream().filter(driver -> !has(driver.className())).toList();
        missing.forEach(needed -> problems.add("LOCKSTEP-0004 The " + kind + " \"" + name
                + "\" needs a library that the application does not have: add " + needed.coordinates()
                + " to its dependencies."));
        return missing.isEmpty();
    }

    /** Whether the application sees a class. */
    boolean has(String className) {
        try {
            Class.forName(className, false, application);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
