package dev.lockstep.spi;

/**
 * An optional library.
 *
 * @param className a class of it, which must be visible to the application
 * @param coordinates what to add to the application's build, as {@code groupId:artifactId:version}
 */
public record Driver(String className, String coordinates) {}
