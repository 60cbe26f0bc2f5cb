package dev.lockstep.store.jdbc;

import dev.lockstep.LockstepException;
import dev.lockstep.store.jdbc.connection.SqlErrors;
import dev.lockstep.store.jdbc.dialect.Dialect;
import dev.lockstep.store.jdbc.h2.H2Dialect;
import dev.lockstep.store.jdbc.mariadb.MariaDbDialect;
import dev.lockstep.store.jdbc.postgresql.PostgresDialect;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** The kinds of databases that the store works with. */
final class Dialects {

    static final List<Dialect> ALL = List.of(new H2Dialect(), new PostgresDialect(), new MariaDbDialect());

    private Dialects() {}

    /** @throws LockstepException if it is none of them, naming them all */
    static Dialect of(DatabaseMetaData about) throws SQLException {
        for (Dialect dialect : ALL) {
            if (dialect.product().matches(about)) {
                return dialect;
            }
        }
        throw new LockstepException(
                "LOCKSTEP-0111 lockstep.store.datasource leads to " + about.getDatabaseProductName() + " "
                        + about.getDatabaseProductVersion() + "; the store works with " + supported(),
                null);
    }

    /** What any of their failures mean. */
    static SqlErrors errors() {
        return SqlErrors.anyOf(ALL.stream().map(Dialect::errors).toList());
    }

    /** A URL with what every new connection has to say. */
    static String completed(String url) {
        String completed = url;
        for (Dialect dialect : ALL) {
            completed = dialect.completed(completed);
        }
        return completed;
    }

    /** The Maven coordinates of their drivers, for people. */
    static String drivers() {
        return ALL.stream().map(Dialect::driver).collect(Collectors.joining(" or "));
    }

    private static String supported() {
        return ALL.stream().map(dialect -> dialect.product() + " or later").collect(Collectors.joining(", "));
    }
}
