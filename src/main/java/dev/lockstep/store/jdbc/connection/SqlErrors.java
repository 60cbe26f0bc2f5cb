package dev.lockstep.store.jdbc.connection;

import dev.lockstep.pool.DriverFailure;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the failures of a kind of database mean, by their SQL states and the vendor's codes. Never
 * looks at messages. Immutable.
 */
public final class SqlErrors {

    /** What a failure means to the store. */
    public enum Meaning {
        /** Another attempt may well succeed: what it collided with has gone on. */
        PASSING,
        /** The connection is dead, and no other. */
        LOST,
        /** The connection was dead before anything was sent. */
        UNSENT,
        /** There is no such table. */
        NO_TABLE,
        /** There is no such column. */
        NO_COLUMN,
        /** The user or the password was refused. */
        STRANGER,
        /** The user lacks a right. */
        FORBIDDEN,
        /** The database, or the connection, only reads. */
        READ_ONLY,
        /** A text holds a character that the database's encoding lacks. */
        INEXPRESSIBLE,
        /** The server's connections change between the statements of one of the driver's. */
        SWITCHED,
        /** A row was locked for longer than this transaction was to wait for it. */
        LOCKED,
        /** A row is there already, or breaks another constraint. */
        CONSTRAINT
    }

    /** The state of "connection does not exist", for which a driver sends nothing. */
    static final String UNSENT = "08003";

    /**
     * What says that the database as a whole is not as it should be; all else may be the fault of
     * one row. Class 02 is that of a row which is always there.
     */
    private static final Set<String> GENERAL =
            Set.of("02", "08", "0A", "25", "26", "28", "40", "42", "53", "57", "58", "HY");

    /** What the standard says, and ODBC of tables and columns. */
    public static final SqlErrors STANDARD = new SqlErrors(Map.of())
            .with(Meaning.PASSING, "40001")
            .with(Meaning.UNSENT, UNSENT)
            .with(Meaning.NO_TABLE, "42S0")
            .with(Meaning.NO_COLUMN, "42S22")
            .with(Meaning.STRANGER, "28")
            .with(Meaning.READ_ONLY, "25006")
            .with(Meaning.INEXPRESSIBLE, "22021")
            .with(Meaning.CONSTRAINT, "23");

    /** The beginnings of states, and codes behind a number sign. */
    private final Map<Meaning, Set<String>> marks;

    private SqlErrors(Map<Meaning, Set<String>> marks) {
        this.marks = marks;
    }

    /** Also says that states that begin so have a meaning. */
    public SqlErrors with(Meaning meaning, String... beginnings) {
        return with(meaning, Set.of(beginnings));
    }

    /** Also says that the vendor's codes have a meaning. */
    public SqlErrors withCodes(Meaning meaning, int... vendor) {
        return with(meaning, Arrays.stream(vendor).mapToObj(SqlErrors::mark).collect(Collectors.toSet()));
    }

    /** What any of them says: for as long as it is not known which database it is. */
    public static SqlErrors anyOf(Collection<SqlErrors> all) {
        SqlErrors any = STANDARD;
        for (SqlErrors each : all) {
            for (Map.Entry<Meaning, Set<String>> entry : each.marks.entrySet()) {
                any = any.with(entry.getKey(), entry.getValue());
            }
        }
        return any;
    }

    public boolean means(Meaning meaning, SQLException e) {
        String state = state(e);
        Set<String> all = marks.getOrDefault(meaning, Set.of());
        return all.stream().anyMatch(state::startsWith)
                || all.contains(mark(e.getErrorCode()))
                || (meaning == Meaning.LOST && DriverFailure.isLost(e));
    }

    /** Whether the database is there and works, and refuses just this. */
    boolean isRefusal(SQLException e) {
        if (means(Meaning.LOST, e) || means(Meaning.PASSING, e)) {
            return false;
        }
        String state = state(e);
        return means(Meaning.LOCKED, e) || (state.length() == 5 && !GENERAL.contains(state.substring(0, 2)));
    }

    /**
     * Whether the database's message may quote values: one that violates a constraint or doesn't
     * fit a type.
     */
    static boolean quotesValues(SQLException e) {
        return state(e).startsWith("22") || state(e).startsWith("23");
    }

    /** The state, or "null". */
    private static String state(SQLException e) {
        return String.valueOf(e.getSQLState());
    }

    private SqlErrors with(Meaning meaning, Set<String> more) {
        Map<Meaning, Set<String>> result = new EnumMap<>(Meaning.class);
        result.putAll(marks);
        result.merge(
                meaning,
                more,
                (some, others) -> Stream.concat(some.stream(), others.stream()).collect(Collectors.toSet()));
        return new SqlErrors(result);
    }

    private static String mark(int code) {
        return "#" + code;
    }
}
