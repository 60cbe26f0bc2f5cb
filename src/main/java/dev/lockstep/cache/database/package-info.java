/** {@code database}: copies in a table of SQLite or PostgreSQL, apart from the session store. */
@NullMarked
package dev.lockstep.cache.database;

import org.jspecify.annotations.NullMarked;
