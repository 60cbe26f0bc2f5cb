package dev.lockstep.store.jdbc;

/**
 * What differs between databases in statements that are otherwise the same: {@code {now}}, {@code {epoch}} and
 * {@code {durably}} in them stand for these expressions.
 *
 * <p>A server may be set to answer a commit before it is on disk. What a crash then takes back must break no promise, so
 * these commit durably whatever the server's settings:
 *
 * <table>
 * <caption>Writes, and what the loss of one would do</caption>
 * <tr><th>Write</th><th>If it were lost</th><th>Durable</th></tr>
 * <tr><td>open</td><td>a copy lives on that no logout finds</td><td>yes</td></tr>
 * <tr><td>revoke, rotate, announce</td><td>what was ended lives again</td><td>yes</td></tr>
 * <tr><td>register</td><td>nobody waits for a node that trusts its copies</td><td>yes</td></tr>
 * <tr><td>fence</td><td>the node goes on after its row was removed as that of one that does not</td><td>yes</td></tr>
 * <tr><td>new epoch, new clock row</td><td>positions are given out again in an epoch that nodes have seen</td><td>yes</td></tr>
 * <tr><td>trim</td><td>what was trimmed is there again, the floor with it</td><td>as all under the clock's lock</td></tr>
 * <tr><td>acknowledge</td><td>others wait for what has long been applied</td><td>no</td></tr>
 * <tr><td>remove</td><td>others wait for a node that is gone, and remove it again</td><td>no</td></tr>
 * <tr><td>touch</td><td>the session ends earlier</td><td>no</td></tr>
 * <tr><td>sweep</td><td>what is over is deleted again</td><td>no</td></tr>
 * </table>
 *
 * @param directory where its schema files lie
 * @param now the clock, in milliseconds since 1970 as a BIGINT, within one statement
 * @param epoch the log's epoch as a BIGINT, of the clock row {@code c}
 * @param durably a condition that is true, and makes a statement that is a transaction by itself commit durably if it
 *     comes to test it
 */
record Dialect(String directory, String now, String epoch, String durably) {

    /**
     * H2 remembers the result of a query and gives it again, even after another session has changed the rows and its
     * commit has returned. It does not where the query asks for the time. So every query here selects {@code {now}}.
     */
    static final Dialect H2 = new Dialect(
            "h2",
            "CAST(FLOOR(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000) AS BIGINT)",
            "CAST(SUBSTRING(CAST(c.epoch AS BINARY(16)) FROM 1 FOR 8) AS BIGINT)",
            "TRUE");

    /**
     * The epoch includes the timeline, which a failover changes; asking for it also fails on a standby, so that no read
     * is ever answered by a replica. A hash, because 64 bits are all that the API has for it.
     */
    static final Dialect POSTGRESQL = new Dialect(
            "postgresql",
            "CAST(FLOOR(EXTRACT(EPOCH FROM statement_timestamp()) * 1000) AS BIGINT)",
            "hashtextextended(CAST(c.epoch AS text) || left(pg_walfile_name(pg_current_wal_lsn()), 8), 0)",
            "set_config('synchronous_commit', CASE WHEN current_setting('synchronous_commit') = 'remote_apply'"
                    + " THEN 'remote_apply' ELSE 'on' END, true) IS NOT NULL");

    /** Replaces the placeholders. */
    String sql(String template) {
        return template.replace("{now}", now).replace("{epoch}", epoch).replace("{durably}", durably);
    }
}
