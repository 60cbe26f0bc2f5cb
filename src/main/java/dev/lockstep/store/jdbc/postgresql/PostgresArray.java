package dev.lockstep.store.jdbc.postgresql;

import dev.lockstep.TokenDigest;
import dev.lockstep.store.jdbc.connection.Sql;
import java.util.List;

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

    static Sql.Value of(List<TokenDigest> digests) {
        return of(digests.stream().map(TokenDigest::toBytes).toArray(byte[][]::new));
    }

    private static Sql.Value of(String type, Object[] elements) {
        return (statement, index) ->
                statement.setArray(index, statement.getConnection().createArrayOf(type, elements));
    }
}
