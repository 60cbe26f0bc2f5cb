package dev.lockstep.store.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * The SQL files that the jar carries, by name: application servers serve class paths from file systems of their own, in
 * which searching for files works here and fails there. Immutable.
 */
final class SchemaFiles implements ResourceProvider {

    private static final List<String> NAMES = List.of("V1__sessions.sql");

    private final String directory;

    SchemaFiles(Dialect dialect) {
        this.directory = "dev/lockstep/store/jdbc/schema/" + dialect.directory();
    }

    String directory() {
        return directory;
    }

    /** Their paths in the jar, in the order in which they are to be run. */
    List<String> all() {
        return NAMES.stream().map(name -> directory + "/" + name).toList();
    }

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return NAMES.stream()
                .filter(known -> name.equals(known) || name.equals(directory + "/" + known))
                .findFirst()
                .map(known -> new SchemaFile(directory, known))
                .orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return NAMES.stream()
                .filter(name ->
                        name.startsWith(prefix) && Arrays.stream(suffixes).anyMatch(name::endsWith))
                .map(name -> (LoadableResource) new SchemaFile(directory, name))
                .toList();
    }

    private static final class SchemaFile extends LoadableResource {

        private final String directory;
        private final String name;

        SchemaFile(String directory, String name) {
            this.directory = directory;
            this.name = name;
        }

        @Override
        public Reader read() {
            try (InputStream file = SchemaFiles.class.getClassLoader().getResourceAsStream(getAbsolutePath())) {
                if (file == null) {
                    throw new IllegalStateException("the jar lacks " + getAbsolutePath());
                }
                return new StringReader(new String(file.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String getAbsolutePath() {
            return directory + "/" + name;
        }

        @Override
        public @Nullable String getAbsolutePathOnDisk() {
            return null;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
