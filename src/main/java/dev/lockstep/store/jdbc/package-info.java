/**
 * The store: sessions, the revocation log and the node rows in H2 or PostgreSQL, over a {@link javax.sql.DataSource}.
 * {@link dev.lockstep.store.jdbc.JdbcStore} is the only way in.
 */
@NullMarked
package dev.lockstep.store.jdbc;

import org.jspecify.annotations.NullMarked;
