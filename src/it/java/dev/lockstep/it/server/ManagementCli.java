package dev.lockstep.it.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** WildFly's command line. */
public final class ManagementCli {

    private static final int PATIENCE_MINUTES = 3;

    private ManagementCli() {}

    /** Changes the configuration of a server that is not running. */
    public static void configure(WildFlyBase base, Path script) throws IOException, InterruptedException {
        run(base, "-Djboss.server.base.dir=" + base.directory(), "--file=" + script);
    }

    /** Has a running server do something. */
    public static void ask(WildFlyBase base, int managementPort, String command)
            throws IOException, InterruptedException {
        run(base, "", "--connect", "--controller=127.0.0.1:" + managementPort, "--command=" + command);
    }

    private static void run(WildFlyBase base, String option, String... arguments)
            throws IOException, InterruptedException {
        String program = base.home().resolve("bin").resolve("jboss-cli.sh").toString();
        List<String> command =
                Stream.concat(Stream.of(program), Stream.of(arguments)).toList();
        Path output = base.directory().resolve("cli.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS", "-XX:TieredStopAtLevel=1 " + option);
        Process process = builder.start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly().waitFor();
        assertThat(ended && process.exitValue() == 0)
                .as(Files.readString(output, UTF_8))
                .isTrue();
    }
}
