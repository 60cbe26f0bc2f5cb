package dev.lockstep.store.jdbc.connection;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement, or several that are sent together, with named parameters such as
 * {@code :application}, and the values that some of them have been given. The text is one line: its
 * length decides how many packets it needs. Immutable.
 */
public final class Sql {

    /** Two colons are a cast. */
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-z][a-z0-9]*)");

    private static final Object NOT_GIVEN = new Object();

    /** What stands before the first parameter, between them, and behind the last. */
    private final String[] parts;

    private final List<String> names;
    private final @Nullable Object[] values;

    private Sql(String[] parts, List<String> names, @Nullable Object[] values) {
        this.parts = parts;
        this.names = names;
        this.values = values;
    }

    /**
     * A statement none of whose parameters has a value.
     *
     * @param template without comments, and without white space that means anything
     */
    public static Sql of(String template) {
        String line = template.strip().replaceAll("\\s+", " ");
        Matcher parameters = PARAMETER.matcher(line);
        List<String> names = parameters.results().map(found -> found.group(1)).toList();
        Object[] values = new Object[names.size()];
        Arrays.fill(values, NOT_GIVEN);
        return new Sql(PARAMETER.split(line, -1), names, values);
    }

    /** A value that knows by itself how it is bound. */
    @FunctionalInterface
    public interface Value {
        void bind(PreparedStatement statement, int index) throws SQLException;
    }

    /**
     * The same statement, one of whose parameters has a value.
     *
     * @param value a collection stands for all that is in it, separated by commas, and an empty one
     *     for NULL: {@code id IN (:ids)}
     * @throws IllegalArgumentException if it has no parameter of that name
     */
    public Sql with(String name, @Nullable Object value) {
        @Nullable Object[] given = values.clone();
        boolean found = false;
        for (int i = 0; i < given.length; i++) {
            if (names.get(i).equals(name)) {
                given[i] = value;
                found = true;
            }
        }
        if (!found) {
            throw new IllegalArgumentException("no parameter :" + name + " in " + this);
        }
        return new Sql(parts, names, given);
    }

    /** As JDBC wants it: a question mark for each value. */
    public String text() {
        StringBuilder text = new StringBuilder(parts[0]);
        for (int i = 0; i < values.length; i++) {
            text.append(values[i] instanceof Collection<?> all ? marks(all.size()) : "?");
            text.append(parts[i + 1]);
        }
        return text.toString();
    }

    private static String marks(int count) {
        return count == 0 ? "NULL" : String.join(", ", Collections.nCopies(count, "?"));
    }

    /**
     * Gives a statement of this text its values.
     *
     * @throws IllegalStateException if a parameter has no value
     */
    void bind(PreparedStatement statement) throws SQLException {
        int index = 1;
        for (int i = 0; i < values.length; i++) {
            if (values[i] == NOT_GIVEN) {
                throw new IllegalStateException("no value for :" + names.get(i) + " in " + this);
            }
            if (values[i] instanceof Collection<?> all) {
                for (Object each : all) {
                    bind(statement, index++, each);
                }
            } else {
                bind(statement, index++, values[i]);
            }
        }
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value instanceof Value own) {
            own.bind(statement, index);
        } else if (value instanceof Long number) {
            statement.setLong(index, number);
        } else if (value instanceof String text) {
            statement.setString(index, text);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else if (value == null) {
            statement.setNull(index, Types.VARCHAR);
        } else {
            statement.setObject(index, value);
        }
    }

    /** Without the values. */
    @Override
    public String toString() {
        return text();
    }
}
