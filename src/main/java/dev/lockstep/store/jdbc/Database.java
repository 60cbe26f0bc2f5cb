package dev.lockstep.store.jdbc;

import javax.sql.DataSource;

/**
 * A database that was found fit.
 *
 * @param dialect how to speak to it
 * @param reach which nodes can share it
 * @param durability what its commits lack
 */
record Database(DataSource dataSource, Dialect dialect, Reach reach, Durability durability) {}
