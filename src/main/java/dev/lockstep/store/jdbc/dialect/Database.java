package dev.lockstep.store.jdbc.dialect;

import javax.sql.DataSource;

/**
 * A database that was found fit.
 *
 * @param dialect how to speak to it
 * @param sharing which nodes can share it
 * @param durability what its commits lack
 */
public record Database(DataSource dataSource, Dialect dialect, Sharing sharing, Durability durability) {}
