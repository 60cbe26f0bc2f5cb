package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedProcessTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"running", "stopped"})
    void aProcessAndItsChildrenEndWithTheJvmThatStartedThem(String state) throws Exception {
        List<String> command = List.of(
                Jdk.program("java"), "-cp", System.getProperty("java.class.path"), Parent.class.getName(), state);
        try (GuardedProcess jvm = GuardedProcess.start(command, log())) {
            List<ProcessHandle> all = Stream.of(jvm.readLine().split(" "))
                    .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                    .toList();
            assertThat(all).hasSizeGreaterThan(3).allMatch(ProcessHandle::isAlive);

            Signals.send("KILL", all.subList(0, 1));

            assertThat(all).allSatisfy(Signals::awaitEnd);
        }
    }

    /** A JVM with a child that has a child; it prints its own process id and theirs. */
    static final class Parent {

        public static void main(String[] arguments) throws IOException {
            GuardedProcess child =
                    GuardedProcess.startTalking(List.of("sh", "-c", "sleep 1000 & echo ready; exec sleep 1000"));
            child.readLine();
            if (arguments[0].equals("stopped")) {
                child.stop();
            }
            ProcessHandle self = ProcessHandle.current();
            System.out.println(Stream.concat(Stream.of(self), self.descendants())
                    .map(each -> Long.toString(each.pid()))
                    .collect(Collectors.joining(" ")));
            while (true) {
                child.readLine();
            }
        }
    }

    @Test
    void whatIsSaidIsReadAndAnsweredUntilItEnds() throws Exception {
        String program = "read first; echo \"$first!\"; read second; echo \"$second!\"";
        try (GuardedProcess process = GuardedProcess.startTalking(List.of("sh", "-c", program))) {
            process.println("one");
            assertThat(process.readLine()).isEqualTo("one!");
            assertThat(process.isAlive()).isTrue();
            process.println("two");
            assertThat(process.readLine()).isEqualTo("two!");
            assertThatThrownBy(process::readLine).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatEndsWhenItIsAskedToIsNotKilled() throws Exception {
        String program = "trap 'echo asked; exit' TERM; echo ready; while true; do sleep 0.1; done";
        try (GuardedProcess process = GuardedProcess.start(List.of("sh", "-c", program), log())) {
            assertThat(process.readLine()).isEqualTo("ready");
            process.end("TERM", LONG);
            assertThat(process.readLine()).isEqualTo("asked");
        }
    }

    @Test
    void whatDoesNotEndWhenItIsAskedToIsKilled() throws Exception {
        String program = "trap '' TERM; echo ready; while true; do sleep 0.1; done";
        try (GuardedProcess process = GuardedProcess.start(List.of("sh", "-c", program), log())) {
            assertThat(process.readLine()).isEqualTo("ready");
            process.end("TERM", Duration.ofMillis(100));
            assertThat(process.isAlive()).isFalse();
        }
    }

    /** It may have ended before anybody has looked at its process. */
    @RepeatedTest(100)
    void whatEndsAtOnceHasAStatus() throws Exception {
        try (GuardedProcess process = GuardedProcess.startSilent(List.of("sh", "-c", "exit 7"), log())) {
            assertThat(process.awaitStatus(LONG)).hasValue(7);
            assertThat(process.isAlive()).isFalse();
        }
    }

    @Test
    void aProgramEndsWithAStatusAndWhatItPrinted() throws Exception {
        assertThat(Program.run(LONG, "sh", "-c", "echo out; echo err >&2; cat; exit 7"))
                .isEqualTo(new Program.Ended(7, "out\nerr\n"));
        assertThat(Program.require(LONG, List.of("echo", "a  b", "c"))).isEqualTo("a  b c\n");
        assertThatThrownBy(() -> Program.require(LONG, List.of("sh", "-c", "echo why; exit 7")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ended with 7:\nwhy\n");
        assertThat(Program.run(LONG, "no-such-program").status()).isEqualTo(127);
    }

    @Test
    void aProgramThatTakesTooLongIsGone() {
        assertThatThrownBy(() -> Program.run(Duration.ofMillis(100), "sleep", "314159"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("did not end within PT0.1S");
        assertThat(ProcessHandle.allProcesses()
                        .map(each -> each.info().commandLine().orElse("")))
                .noneMatch(line -> line.contains("sleep 314159"));
    }

    private File log() {
        return directory.resolve("log").toFile();
    }
}
