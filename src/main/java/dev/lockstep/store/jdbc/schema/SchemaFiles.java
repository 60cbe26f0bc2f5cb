package dev.lockstep.store.jdbc.schema;

import dev.lockstep.store.jdbc.dialect.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The SQL files that the jar carries, by name: application servers serve class paths from file
 * systems of their own, in which searching for files works here and fails there. Immutable.
 *
 * <p>The first file makes the tables of version 1, each further one brings them from its number
 * less one to its number, and writes that number into {@code lockstep_schema} last. Each may be run
 * again, by this class's user or by hand; the first one also on tables of a later version, by a
 * node that saw none and was slow.
 *
 * <p>A database in which it takes more to alter tables than to make them has a file that makes
 * those of the newest version at once. It may be run on tables that are there, and then leaves them
 * at their version.
 */
final class SchemaFiles {

    private static final List<String> NAMES = List.of("V1__sessions.sql", "V2__nodes.sql", "V3__key.sql");

    private static final String NEWEST_AT_ONCE = "newest.sql";

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

    /** The text of the file that follows a version; 0 where there are no tables. */
    String next(int version) {
        @Nullable String atOnce = version == 0 ? text(directory + "/" + NEWEST_AT_ONCE) : null;
        return atOnce == null ? shipped(after(version).get(0)) : atOnce;
    }

    private static String shipped(String path) {
        @Nullable String text = text(path);
        if (text == null) {
            throw new IllegalStateException("the jar lacks " + path);
        }
        return text;
    }

    private static @Nullable String text(String path) {
        try (@Nullable InputStream file = SchemaFiles.class.getClassLoader().getResourceAsStream(path)) {
            return file == null ? null : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
