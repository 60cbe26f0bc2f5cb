package dev.lockstep.cache.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.process.GuardedProcess;
import dev.lockstep.process.Jdk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A JVM that this one started, on the same class path, with no package opened to anybody. It
 * answers a line with a line, and ends with this JVM at the latest. For one thread at a time.
 */
public final class ChildJvm implements AutoCloseable {

    /** Long enough for anything to happen on a busy machine. */
    public static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private final GuardedProcess process;

    private ChildJvm(GuardedProcess process) {
        this.process = process;
    }

    /** Starts a main class and waits until it says "ready". */
    public static ChildJvm start(Class<?> main, List<String> arguments) {
        return start(List.of(), main, arguments);
    }

    /** The same, with options for the JVM. */
    public static ChildJvm start(List<String> options, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Jdk.program("java"));
        command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("-Dslf4j.internal.verbosity=ERROR");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        try {
            ChildJvm child = new ChildJvm(GuardedProcess.startTalking(command));
            child.expect("ready", child.process.readLine());
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What its main class does: says "ready", and answers each line, of which it gets the words,
     * until there is none.
     */
    public static void serve(Function<String[], String> answer) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        System.out.println("ready");
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            System.out.println(answer.apply(line.split(" ")));
        }
    }

    /** Sends a line and waits for the answer. */
    public String ask(String line) {
        try {
            process.println(line);
            String answer = process.readLine();
            if (answer.startsWith("failed")) {
                throw new IllegalStateException(line + " -> " + answer);
            }
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException(line + ": no answer", e);
        }
    }

    /** kill -STOP: it stands still where it is. */
    public void stop() {
        process.stop();
    }

    /** kill -CONT. */
    public void goOn() {
        process.resume();
    }

    /** kill -9. */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        kill();
    }

    private void expect(String expected, String found) {
        if (!expected.equals(found)) {
            kill();
            throw new IllegalStateException("expected " + expected + ", found " + found);
        }
    }
}
