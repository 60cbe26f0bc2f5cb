/** What a kind of database has to provide, and what all kinds share: tables, columns, rows. */
@NullMarked
package dev.lockstep.store.jdbc.dialect;

import org.jspecify.annotations.NullMarked;
