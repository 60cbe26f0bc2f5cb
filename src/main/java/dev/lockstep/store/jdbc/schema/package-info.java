/** The store's tables: makes them, brings them up to date, or checks that they are there. */
@NullMarked
package dev.lockstep.store.jdbc.schema;

import org.jspecify.annotations.NullMarked;
