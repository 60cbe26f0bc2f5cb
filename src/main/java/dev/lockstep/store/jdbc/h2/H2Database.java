package dev.lockstep.store.jdbc.h2;

import dev.lockstep.store.jdbc.dialect.Durability;
import dev.lockstep.store.jdbc.dialect.Sharing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What an H2 database says about itself, and the setting that makes its commits durable. Used once,
 * by one thread.
 */
final class H2Database {

    private static final System.Logger LOG = System.getLogger(H2Database.class.getName());

    private final Connection connection;

    H2Database(Connection connection) {
        this.connection = connection;
    }

    /**
     * By default H2 writes commits up to half a second after it has returned from them; a process
     * that is killed before loses them, and a lost revocation is a lost logout. A database that is
     * opened again tells the setting that it had, but does not follow it until it is set once more.
     *
     * @return what else a commit needs
     */
    Durability makeDurable() throws SQLException {
        if (inMemory()) {
            return Durability.BY_COMMIT;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET WRITE_DELAY 0");
            return new H2Force();
        } catch (SQLException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "LOCKSTEP-0112 H2 may lose revocations of the last " + writeDelay()
                            + " ms, or more after a restart,"
                            + " when its process is killed, and later ones when the machine loses its power, and this"
                            + " user may not change that: let the store connect as an administrator of the database",
                    e);
            return Durability.BY_COMMIT;
        }
    }

    Sharing sharing() throws SQLException {
        String url = connection.getMetaData().getURL();
        boolean server = url.startsWith("jdbc:h2:tcp:") || url.startsWith("jdbc:h2:ssl:");
        return server || sharesItsFile() ? Sharing.SHARED : Sharing.PRIVATE;
    }

    /**
     * With AUTO_SERVER, the process that has the file open serves others, and says where in a file
     * beside it.
     */
    private boolean sharesItsFile() throws SQLException {
        String path = one("SELECT DATABASE_PATH()");
        if (path == null) {
            return false;
        }
        try {
            return Files.readString(Path.of(path + ".lock.db"), StandardCharsets.ISO_8859_1)
                    .contains("server=");
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private boolean inMemory() throws SQLException {
        return one("SELECT DATABASE_PATH()") == null;
    }

    private @Nullable String writeDelay() throws SQLException {
        return one("SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'WRITE_DELAY'");
    }

    private @Nullable String one(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : null;
        }
    }
}
