package dev.lockstep.process;

import java.nio.file.Path;

/** The JDK that runs this JVM. */
public final class Jdk {

    private Jdk() {}

    /** The path of one of its programs, such as {@code java}. */
    public static String program(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
