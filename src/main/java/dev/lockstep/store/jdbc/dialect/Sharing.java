package dev.lockstep.store.jdbc.dialect;

/** Which nodes can share a database. */
public enum Sharing {
    /** One JVM: H2 in memory, or in a file that it has locked. */
    PRIVATE,
    /** Any node that the network lets in. */
    SHARED
}
