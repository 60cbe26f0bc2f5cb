package dev.lockstep.store.jdbc.schema;

import dev.lockstep.store.jdbc.dialect.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The SQL files that the jar carries, by name: application servers serve class paths from file
 * systems of their own, in which searching for files works here and fails there. Immutable.
 *
 * <p>The first file makes the tables of version 1, each further one brings them from its number
 * less one to its number, and writes that number into {@code lockstep_schema} last. Each may be run
 * again, by this class's user or by hand; the first one also on tables of a later version, by a
 * node that saw none and was slow.
 */
final class SchemaFiles {

    private static final List<String> NAMES = List.of("V1__sessions.sql", "V2__nodes.sql");

    private final String directory;
    private final List<String> names;

    SchemaFiles(Dialect dialect) {
        this("dev/lockstep/store/jdbc/schema/" + dialect.schemaFolder(), NAMES);
    }

    SchemaFiles(String directory, List<String> names) {
        this.directory = directory;
        this.names = names;
    }

    /** The version of the tables that the last file leaves behind. */
    int newest() {
        return names.size();
    }

    /** The paths in the jar of those that are still to be run on tables of a version, in order. */
    List<String> after(int version) {
        return names.stream().skip(version).map(name -> directory + "/" + name).toList();
    }

    /** The text of the file that follows a version. */
    String next(int version) {
        String path = after(version).get(0);
        try (InputStream file = SchemaFiles.class.getClassLoader().getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException("the jar lacks " + path);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
