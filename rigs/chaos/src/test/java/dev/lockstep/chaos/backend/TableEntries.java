package dev.lockstep.chaos.backend;

import dev.lockstep.TokenDigest;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** What the nodes keep in a table. */
final class TableEntries implements Entries {

    /** Rows of tokens that nobody has used live as long as the one that lives longest. */
    private static final String INSERT = """
            INSERT INTO lockstep_cache_1 (application, digest, %s)
            SELECT 'chaos', ?, %s FROM lockstep_cache_1 ORDER BY expires DESC LIMIT 1
            ON CONFLICT (application, digest) DO UPDATE SET copy = excluded.copy
            """;

    private final Connection connection;
    private final String columns;
    private final int header;
    private byte[] times = {};

    /**
     * @param columns all but the key, the copy first
     * @param header how many bytes are in front of each copy, which say how long it lives
     */
    TableEntries(Connection connection, String columns, int header) {
        this.connection = connection;
        this.columns = columns;
        this.header = header;
    }

    @Override
    public List<TokenDigest> some(int most, Consumer<byte[]> contents) throws SQLException {
        List<TokenDigest> digests = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT digest, copy FROM lockstep_cache_1 ORDER BY expires DESC LIMIT " + most);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                byte[] copy = rows.getBytes(2);
                times = Arrays.copyOf(copy, header);
                contents.accept(Arrays.copyOfRange(copy, header, copy.length));
                digests.add(TokenDigest.of(rows.getBytes(1)));
            }
        }
        return digests;
    }

    @Override
    public void put(TokenDigest digest, byte[] bytes) throws SQLException {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        copy.writeBytes(times);
        copy.writeBytes(bytes);
        String sql = INSERT.formatted(columns, columns.replaceFirst("copy", "?"));
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setBytes(1, digest.toBytes());
            insert.setBytes(2, copy.toByteArray());
            insert.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
