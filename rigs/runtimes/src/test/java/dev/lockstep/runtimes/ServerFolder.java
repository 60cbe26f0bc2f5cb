package dev.lockstep.runtimes;

import dev.lockstep.docs.Script;
import dev.lockstep.process.Directories;
import dev.lockstep.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where one server runs: its folder, its port on the loopback interface, and its database.
 *
 * @param folder the server's own, empty at first
 * @param java the home of its JDK
 * @param port for HTTP
 * @param database the server's own
 */
record ServerFolder(Path folder, Path java, int port, SessionsServer.Database database) {

    static ServerFolder in(Path folder, Path java, SessionsServer.Database database) throws IOException {
        Directories.delete(folder);
        return new ServerFolder(Files.createDirectories(folder), java, Ports.free(), database);
    }

    /** A script, run here by this JDK; its {@code java}s are modest and stay on loopback. */
    Script script(Script script, String... options) {
        return script.in(folder)
                .withCommands(java.resolve("bin"))
                .with("JAVA_HOME", java.toString())
                .with("JDK_JAVA_OPTIONS", String.join(" ", options(List.of(options))));
    }

    private List<String> options(List<String> more) {
        List<String> options = new java.util.ArrayList<>(List.of(
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.net.preferIPv4Stack=true",
                "-Djava.io.tmpdir=" + make("tmp")));
        options.addAll(more);
        return options;
    }

    Path make(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Writes what a page prints, with this database. */
    void write(String file, String printed) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, database.adapt(printed));
    }

    /** Puts the driver of the database where a page copies it from. */
    void offerDriver() throws IOException {
        Path driver = SessionsServer.driver();
        Files.copy(driver, folder.resolve(driver.getFileName()));
    }
}
