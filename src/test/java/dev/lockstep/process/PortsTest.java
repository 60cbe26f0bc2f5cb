package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {

    private static final int MANY = 80;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void noTwoJvmsAreGivenTheSamePorts() throws Exception {
        List<String> ours = ports();
        String theirs = Program.require(
                PATIENCE,
                List.of(Jdk.program("java"), "-cp", System.getProperty("java.class.path"), PortsTest.class.getName()));

        assertThat(theirs.lines()).hasSize(MANY).doesNotContainAnyElementsOf(ours);
    }

    /** Of the other JVM. */
    public static void main(String[] arguments) throws IOException {
        ports().forEach(System.out::println);
    }

    private static List<String> ports() throws IOException {
        List<String> ports = new ArrayList<>();
        while (ports.size() < MANY) {
            ports.add(Integer.toString(Ports.free()));
        }
        return ports;
    }
}
