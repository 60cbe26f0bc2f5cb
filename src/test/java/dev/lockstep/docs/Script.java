package dev.lockstep.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.process.GuardedProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A block for the shell, run by {@code sh} as printed; it ends with the first command that fails.
 * What a test has to differ in, an address or a placeholder, it names. {@code java} and
 * {@code keytool} are those of this JVM.
 */
public final class Script {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration ENDING = Duration.ofSeconds(30);
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");

    private final Map<String, String> environment = new TreeMap<>();
    private String text;
    private String path = JAVA + File.pathSeparator + System.getenv("PATH");
    private String typed = "";
    private Path directory = Path.of("").toAbsolutePath();

    public Script(Block block) {
        this(block.text());
    }

    /** A command that no page prints as a block of its own. */
    public Script(String text) {
        this.text = text;
    }

    /** Puts something of the test's in place of what the page prints. */
    public Script replace(String printed, Object here) {
        assertThat(text).contains(printed);
        text = text.replace(printed, here.toString());
        return this;
    }

    /** Runs it there instead of in the project. */
    public Script in(Path where) {
        directory = where.toAbsolutePath();
        return this;
    }

    /** Offers what is in a folder as commands. */
    public Script withCommands(Path folder) {
        path = folder + File.pathSeparator + path;
        return this;
    }

    public Script with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Types something before it is asked. */
    public Script typing(String input) {
        typed = input;
        return this;
    }

    /**
     * Runs it to its end.
     *
     * @return what it printed
     * @throws AssertionError if a command of it fails
     */
    public String run() throws IOException {
        try (Running running = start()) {
            return running.awaitSuccess();
        }
    }

    /** Starts it without waiting. */
    public Running start() throws IOException {
        Path target = Path.of("target").toAbsolutePath();
        Path input = Files.writeString(Files.createTempFile(target, "script", ".in"), typed, UTF_8);
        Path output = Files.createTempFile(target, "script", ".log");
        List<String> command = new ArrayList<>(List.of("env", "-C", directory.toString(), "PATH=" + path));
        command.add("JAVA_HOME=" + JAVA.getParent());
        environment.forEach((variable, value) -> command.add(variable + "=" + value));
        command.addAll(List.of("sh", "-c", "exec sh -e -c \"$1\" <\"$2\"", "script", text, input.toString()));
        return new Running(GuardedProcess.startSilent(command, output.toFile()), output);
    }

    /**
     * A script that was started; closed, it is ended with all that it started and that is left of
     * it.
     */
    public static final class Running implements AutoCloseable {

        private final GuardedProcess shell;
        private final Path output;

        private Running(GuardedProcess shell, Path output) {
            this.shell = shell;
            this.output = output;
        }

        public boolean isAlive() {
            return shell.isAlive();
        }

        /** What it has printed so far. */
        public String output() throws IOException {
            return Files.readString(output, UTF_8);
        }

        /**
         * Waits for its end.
         *
         * @return what it printed
         * @throws AssertionError if a command of it failed
         */
        public String awaitSuccess() throws IOException {
            OptionalInt status = shell.awaitStatus(PATIENCE);
            String all = output();
            assertThat(status).as(all).hasValue(0);
            return all;
        }

        /** Asks its commands to end, and waits for that. */
        public void interrupt() {
            shell.endCommands("TERM", ENDING);
        }

        @Override
        public void close() {
            shell.kill();
        }
    }
}
