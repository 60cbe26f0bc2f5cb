package dev.lockstep.it.redeploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.it.Deployments;
import dev.lockstep.it.Http;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A redeployment on Payara leaves nothing behind: no thread, no timer, no class loader. Arquillian starts a new Payara
 * Micro for each deployment, so this test starts one that redeploys.
 */
class RedeploymentPayaraIT {

    private static final int MINUTES = 8;

    @Test
    void anUndeployedApplicationLeavesNothingBehind(@TempDir Path folder) throws Exception {
        File war = folder.resolve("redeployed.war").toFile();
        Deployments.war("redeployed", Map.of("lockstep.lease", "1s"), UsedServlet.class)
                .as(ZipExporter.class)
                .exportTo(war);
        Path output = folder.resolve("output.txt");

        Process server = start(war, output);
        try {
            assertThat(server.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
            assertThat(server.exitValue()).as(() -> read(output)).isZero();
        } finally {
            server.destroyForcibly();
        }
    }

    private static Process start(File war, Path output) throws Exception {
        String classes = new File(PayaraRedeployments.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .getPath();
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--add-opens=java.base/jdk.internal.loader=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("it.payara.jar") + File.pathSeparator + classes,
                        PayaraRedeployments.class.getName(),
                        war.getPath(),
                        String.valueOf(Http.port()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static String read(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
