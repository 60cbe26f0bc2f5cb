package dev.lockstep.chaos.cluster;

import dev.lockstep.process.PostgresPrograms;
import dev.lockstep.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The PostgreSQL that Debian's package {@code postgresql} has installed, with all of its programs:
 * that of the class path has none for standbys.
 */
final class InstalledPostgres {

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private InstalledPostgres() {}

    /** The beginning of a command. */
    static List<String> command(String program) throws IOException {
        return PostgresPrograms.asNobody(programs().resolve(program).toString());
    }

    /** Runs a program to its end. */
    static void run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = command(program);
        command.addAll(List.of(arguments));
        Program.require(PATIENCE, command);
    }

    /**
     * Runs what a page prints.
     *
     * @param variables of the environment, {@code name=value}
     */
    static void runPrinted(String commands, String... variables) throws IOException, InterruptedException {
        List<String> command = PostgresPrograms.asNobody("env");
        command.addAll(List.of(variables));
        command.add("PATH=" + programs() + ":" + System.getenv("PATH"));
        command.addAll(List.of("sh", "-e", "-c", commands));
        Program.require(PATIENCE, new ArrayList<>(command));
    }

    private static Path programs() throws IOException {
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("pg_rewind")))
                    .max(Comparator.comparing(Path::toString))
                    .orElseThrow(
                            () -> new IOException("install Debian's package postgresql: no pg_rewind in " + VERSIONS));
        }
    }
}
