package dev.lockstep.cache.database;

/** The statements, with their parameters. */
enum Statement {
    /** {@code application, digest, now…}: the bytes kept, if they are alive. */
    GET,

    /** {@code application, digest, bytes, life…}: in place of what was there. */
    PUT,

    /** {@code application, digest}. */
    REMOVE,

    /** {@code application, limit}: the first to expire go first. */
    REMOVE_OLDEST,

    /** {@code limit, now}: what has expired, of whatever application. */
    REMOVE_EXPIRED,

    /** {@code application}. */
    COUNT
}
