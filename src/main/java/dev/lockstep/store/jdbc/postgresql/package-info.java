/** The store in PostgreSQL. */
@NullMarked
package dev.lockstep.store.jdbc.postgresql;

import org.jspecify.annotations.NullMarked;
