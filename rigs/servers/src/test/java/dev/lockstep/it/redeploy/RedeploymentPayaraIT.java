package dev.lockstep.it.redeploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.it.Deployments;
import dev.lockstep.it.Http;
import dev.lockstep.it.web.EventStreamClient;
import dev.lockstep.it.web.WebSocketClient;
import dev.lockstep.process.Jdk;
import dev.lockstep.process.Ports;
import dev.lockstep.process.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application can be redeployed again and again on Payara Micro, and leaves nothing behind: no
 * thread, no timer, no class loader, and nothing open. Arquillian starts a server for each
 * deployment, so this test starts one that redeploys.
 */
class RedeploymentPayaraIT {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir
    Path directory;

    @Test
    void anUndeployedApplicationLeavesNothingBehind() throws Exception {
        Program.Ended server = Program.run(PATIENCE, command());
        System.out.println(server.output());
        assertThat(server.status()).as(() -> verdict(server.output())).isZero();
    }

    private List<String> command() throws IOException {
        return Stream.of(java(), program(), options()).flatMap(List::stream).toList();
    }

    private List<String> java() throws IOException {
        List<String> settings = List.of(
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dh2.bindAddress=127.0.0.1",
                "-Djava.io.tmpdir=" + Files.createDirectory(directory.resolve("tmp")));
        return Stream.of(List.of(Jdk.program("java")), settings, moduleOptions())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * What {@code java -jar} would read from the manifest: the packages of the JDK that the server
     * wants opened.
     */
    private static List<String> moduleOptions() throws IOException {
        try (JarFile jar = new JarFile(System.getProperty("it.payara.jar"))) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            return Stream.of("Add-Exports", "Add-Opens")
                    .flatMap(name -> Stream.of(manifest.getValue(name).split(" "))
                            .map(target -> "--" + name.toLowerCase(Locale.ROOT) + "=" + target + "=ALL-UNNAMED"))
                    .toList();
        }
    }

    /** With nothing else of the tests in its class path: applications would see it too. */
    private List<String> program() {
        File launcher = export(ShrinkWrap.create(JavaArchive.class, "launcher.jar")
                .addClasses(PayaraRedeployments.class, LeftBehind.class)
                .addClasses(WebSocketClient.class, EventStreamClient.class, Http.class));
        File war = export(Deployments.war(
                "redeployed",
                Map.of("lockstep.lease", "1s"),
                UsedServlet.class,
                KeptSocket.class,
                KeptStream.class,
                KeptStream.RestApplication.class));
        String path = System.getProperty("it.payara.jar") + File.pathSeparator + launcher;
        return List.of("-cp", path, PayaraRedeployments.class.getName(), war.getPath());
    }

    private File export(Archive<?> archive) {
        File file = directory.resolve(archive.getName()).toFile();
        archive.as(ZipExporter.class).exportTo(file);
        return file;
    }

    /**
     * The port is not the one for the servers of Arquillian: the last one may still be about to
     * end.
     */
    private List<String> options() throws IOException {
        return List.of(
                "--port",
                Integer.toString(Ports.free()),
                "--nohazelcast",
                "--rootdir",
                directory.resolve("root").toString(),
                "--prebootcommandfile",
                System.getProperty("it.payara.preboot"));
    }

    private static String verdict(String output) {
        return output.lines()
                .filter(line -> line.startsWith("redeployment "))
                .toList()
                .toString();
    }
}
