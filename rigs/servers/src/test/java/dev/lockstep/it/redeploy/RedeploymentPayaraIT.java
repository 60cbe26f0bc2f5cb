package dev.lockstep.it.redeploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.it.Deployments;
import dev.lockstep.it.Http;
import dev.lockstep.it.web.EventStreamClient;
import dev.lockstep.it.web.WebSocketClient;
import dev.lockstep.process.Jdk;
import dev.lockstep.process.Ports;
import dev.lockstep.process.PostgresServer;
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
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application can be redeployed again and again on Payara Micro, and leaves nothing behind: no
 * thread, no timer, no class loader, and nothing open, nor a connection of the server's pool with a
 * PostgreSQL. Arquillian starts a server for each deployment, so this test starts one that
 * redeploys.
 */
class RedeploymentPayaraIT {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final String POOL = "pooled";

    /** One that keeps no connection which nobody has. */
    private static final String POOL_COMMANDS = """
            create-jdbc-connection-pool --restype=javax.sql.ConnectionPoolDataSource \
                --datasourceclassname=org.postgresql.ds.PGConnectionPoolDataSource \
                --property=serverName=127.0.0.1:portNumber=%d:databaseName=postgres:user=postgres:password=any:applicationName=%s \
                --steadypoolsize=0 --maxpoolsize=20 --idletimeout=2 --nontransactionalconnections=true Sessions
            create-jdbc-resource --connectionpoolid=Sessions jdbc/sessions
            """;

    @TempDir
    Path directory;

    @Test
    void anUndeployedApplicationLeavesNothingBehind() throws Exception {
        try (PostgresServer database = PostgresServer.start(Map.of())) {
            Program.Ended server = Program.run(PATIENCE, command(database));
            System.out.println(server.output());
            assertThat(server.status()).as(() -> verdict(server.output())).isZero();
        }
    }

    private List<String> command(PostgresServer database) throws IOException {
        return Stream.of(java(), program(database), options(database))
                .flatMap(List::stream)
                .toList();
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
    private List<String> program(PostgresServer database) {
        File launcher = export(ShrinkWrap.create(JavaArchive.class, "launcher.jar")
                .addClasses(PayaraRedeployments.class, LeftBehind.class, DatabaseConnections.class)
                .addClasses(WebSocketClient.class, EventStreamClient.class, Http.class));
        String path =
                String.join(File.pathSeparator, System.getProperty("it.payara.jar"), launcher.getPath(), driver());
        File alone = export(war("alone", Map.of("lockstep.lease", "1s")));
        File pooled = export(war("pooled", Map.of("lockstep.store.datasource", "jdbc/sessions")));
        String url = database.url("postgres") + "?user=postgres";
        return List.of("-cp", path, PayaraRedeployments.class.getName(), alone.getPath(), pooled.getPath(), url, POOL);
    }

    private static WebArchive war(String name, Map<String, String> config) {
        return Deployments.war(
                name, config, UsedServlet.class, KeptSocket.class, KeptStream.class, KeptStream.RestApplication.class);
    }

    private static String driver() {
        return org.postgresql.Driver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
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
    private List<String> options(PostgresServer database) throws IOException {
        String pool = POOL_COMMANDS.formatted(database.port(), POOL);
        return List.of(
                "--port",
                Integer.toString(Ports.free()),
                "--nohazelcast",
                "--rootdir",
                directory.resolve("root").toString(),
                "--prebootcommandfile",
                System.getProperty("it.payara.preboot"),
                "--postbootcommandfile",
                Files.writeString(directory.resolve("pool.asadmin"), pool).toString());
    }

    private static String verdict(String output) {
        return output.lines()
                .filter(line -> line.startsWith("redeployment "))
                .toList()
                .toString();
    }
}
