package dev.lockstep.store.jdbc.schema;

/** What opening a store does about its tables. */
public enum SchemaMode {
    /** Creates or updates them, safely when several nodes do so at once. */
    MIGRATE,
    /** Only checks that they are there, and fails with the names of what is missing. */
    VALIDATE,
    /** Neither looks nor touches. */
    NONE
}
