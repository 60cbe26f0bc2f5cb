/**
 * The store: sessions, the revocation log and the node rows in a relational database, over a
 * {@link javax.sql.DataSource}. {@link dev.lockstep.store.jdbc.JdbcStore} is the way in; each kind
 * of database has a package of its own.
 */
@NullMarked
package dev.lockstep.store.jdbc;

import org.jspecify.annotations.NullMarked;
