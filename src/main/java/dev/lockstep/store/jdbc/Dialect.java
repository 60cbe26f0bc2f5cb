package dev.lockstep.store.jdbc;

/**
 * What differs between databases in statements that are otherwise the same: {@code {now}} and {@code {epoch}} in them
 * stand for these expressions.
 *
 * @param directory where its schema files lie
 * @param now the clock, in milliseconds since 1970 as a BIGINT, within one statement
 * @param epoch the log's epoch as a BIGINT, of the clock row {@code c}
 */
record Dialect(String directory, String now, String epoch) {

    /**
     * H2 remembers the result of a query and gives it again, even after another session has changed the rows and its
     * commit has returned. It does not where the query asks for the time. So every query here selects {@code {now}}.
     */
    static final Dialect H2 = new Dialect(
            "h2",
            "CAST(FLOOR(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000) AS BIGINT)",
            "CAST(SUBSTRING(CAST(c.epoch AS BINARY(16)) FROM 1 FOR 8) AS BIGINT)");

    /**
     * The epoch includes the timeline, which a failover changes; asking for it also fails on a standby, so that no read
     * is ever answered by a replica. A hash, because 64 bits are all that the API has for it.
     */
    static final Dialect POSTGRESQL = new Dialect(
            "postgresql",
            "CAST(FLOOR(EXTRACT(EPOCH FROM statement_timestamp()) * 1000) AS BIGINT)",
            "hashtextextended(CAST(c.epoch AS text) || left(pg_walfile_name(pg_current_wal_lsn()), 8), 0)");

    /** Replaces the placeholders. */
    String sql(String template) {
        return template.replace("{now}", now).replace("{epoch}", epoch);
    }
}
