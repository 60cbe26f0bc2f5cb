package dev.lockstep.it.server;

import dev.lockstep.process.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** WildFly's command line. */
public final class ManagementCli {

    private static final Duration PATIENCE = Duration.ofMinutes(9);

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

    /** Has a running server do what a script says. */
    public static void ask(WildFlyBase base, int managementPort, Path script) throws IOException, InterruptedException {
        run(base, "", "--connect", "--controller=127.0.0.1:" + managementPort, "--file=" + script);
    }

    private static void run(WildFlyBase base, String option, String... arguments)
            throws IOException, InterruptedException {
        String program = base.home().resolve("bin").resolve("jboss-cli.sh").toString();
        List<String> command = new ArrayList<>(List.of(
                "env",
                "JAVA_HOME=" + System.getProperty("java.home"),
                "JAVA_OPTS=-XX:TieredStopAtLevel=1 " + option,
                program));
        command.addAll(List.of(arguments));
        Program.require(PATIENCE, command);
    }
}
