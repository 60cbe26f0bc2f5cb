package dev.lockstep.store.jdbc.h2;

import dev.lockstep.store.jdbc.connection.SqlErrors;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.dialect.Database;
import dev.lockstep.store.jdbc.dialect.Dialect;
import dev.lockstep.store.jdbc.dialect.Durability;
import dev.lockstep.store.jdbc.dialect.LogChanges;
import dev.lockstep.store.jdbc.dialect.RevocationChanges;
import dev.lockstep.store.jdbc.dialect.SchemaStep;
import dev.lockstep.store.jdbc.dialect.SessionChanges;
import dev.lockstep.store.jdbc.dialect.SessionTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import javax.sql.DataSource;

/** H2. */
public final class H2Dialect implements Dialect {

    private static final Product PRODUCT = new Product("H2", 2, 2);

    /** Lock timeouts and concurrent updates pass. */
    private static final SqlErrors ERRORS = SqlErrors.STANDARD
            .with(SqlErrors.Meaning.PASSING, "HYT00", "90131", "90135")
            .with(SqlErrors.Meaning.FORBIDDEN, "90096")
            .with(SqlErrors.Meaning.READ_ONLY, "90097");

    @Override
    public Product product() {
        return PRODUCT;
    }

    @Override
    public String driver() {
        return "com.h2database:h2";
    }

    /** A restart of the database forgets the setting. */
    @Override
    public String completed(String url) {
        boolean says = url.toUpperCase(Locale.ROOT).contains(";WRITE_DELAY=");
        return url.startsWith("jdbc:h2:") && !says ? url + ";WRITE_DELAY=0" : url;
    }

    @Override
    public Database inspected(DataSource dataSource, Connection connection) throws SQLException {
        H2Database h2 = new H2Database(connection);
        Durability durability = h2.makeDurable();
        return new Database(dataSource, this, h2.sharing(), durability);
    }

    @Override
    public SqlErrors errors() {
        return ERRORS;
    }

    @Override
    public String schemaFolder() {
        return "h2";
    }

    @Override
    public void migrate(StoreConnection connection, SchemaStep step) throws SQLException {
        H2Migration.run(connection, step);
    }

    /**
     * H2 remembers the result of a query and gives it again, even after another session has changed
     * the rows and its commit has returned. It does not where the query asks for the time. So every
     * query selects this.
     */
    @Override
    public String now() {
        return "CAST(FLOOR(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000) AS BIGINT)";
    }

    @Override
    public String epoch() {
        return "CAST(SUBSTRING(CAST(c.epoch AS BINARY(16)) FROM 1 FOR 8) AS BIGINT)";
    }

    @Override
    public String durably() {
        return "TRUE";
    }

    @Override
    public String letters(String text) {
        return "CAST(" + text + " AS VARBINARY)";
    }

    /** All columns: else H2 reads and sorts whatever is left of the index. */
    @Override
    public String orderOfIndex(String given, String last) {
        return given + ", " + last;
    }

    @Override
    public SessionChanges sessionChanges(String application, SessionTable sessions) {
        return new H2SessionChanges(this, application, sessions);
    }

    @Override
    public LogChanges logChanges(String application, SessionTable sessions, Duration timeout) {
        return new H2LogChanges(this, application, sessions, timeout);
    }

    @Override
    public RevocationChanges revocationChanges(String application, Duration timeout) {
        return new H2RevocationChanges(this, application, timeout);
    }

    @Override
    public boolean checksRightsByRow() {
        return true;
    }
}
