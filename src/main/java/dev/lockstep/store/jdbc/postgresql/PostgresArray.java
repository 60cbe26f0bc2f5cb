package dev.lockstep.store.jdbc.postgresql;

import dev.lockstep.store.jdbc.connection.Sql;

/** Arrays as parameters. */
final class PostgresArray {

    private PostgresArray() {}

    static Sql.Value of(String... texts) {
        return of("varchar", texts);
    }

    static Sql.Value of(byte[]... bytes) {
        return of("bytea", bytes);
    }

    static Sql.Value of(Long... numbers) {
        return of("int8", numbers);
    }

    private static Sql.Value of(String type, Object[] elements) {
        return (statement, index) ->
                statement.setArray(index, statement.getConnection().createArrayOf(type, elements));
    }
}
