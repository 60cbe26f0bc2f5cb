package dev.lockstep.cache.database;

/**
 * The statements, with their parameters; the application is written into each, as it never changes.
 */
enum CacheStatement {
    /**
     * {@code digest}: what was found is for {@link CacheDialect#copy} to judge. Of what is longer
     * than a copy only so much that it is none, since others may have put it there.
     */
    GET,

    /** {@code digest, copy…}: in place of what was there. */
    PUT,

    /** {@code digest}. */
    REMOVE,

    /** {@code limit}: the first to expire go first. */
    REMOVE_OLDEST,

    /** {@code limit, now}: what has expired, of whatever application. */
    REMOVE_EXPIRED,

    /** No parameter. */
    COUNT
}
