package dev.lockstep.it.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.contract.Ports;
import dev.lockstep.it.server.ManagementCli;
import dev.lockstep.it.server.WildFlyBase;
import dev.lockstep.it.server.WildFlyNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo application without any library of Infinispan, on two WildFly nodes whose own subsystems form the cluster. A has
 * one more application that uses the cache manager; B has none, so there it ends and begins with the demo.
 *
 * <p>A node asks the database only once a minute here, longer than any request is waited for: what is quicker came by
 * the channel.
 */
class SubsystemWildFlyIT {

    private static final Path WAR = TwoNodes.WARS.resolve("lockstep-modules.war");
    private static final Path SOURCES = Path.of("src", "it", "wars");
    private static final Path STRUCTURE = SOURCES.resolve("modules/WEB-INF/jboss-deployment-structure.xml");
    private static final Path REFERENCE = SOURCES.resolve("modules/WEB-INF/web.xml");
    private static final Path COMMANDS = SOURCES.resolve("modules.cli");

    @TempDir
    static Path directory;

    private static SharedH2 database;
    private static WildFlyBase baseA;
    private static WildFlyBase baseB;
    private static WildFlyNode a;
    private static WildFlyNode b;

    @BeforeAll
    static void start() throws Exception {
        database = SharedH2.start(directory);
        int[] cluster = {Ports.free(), Ports.free()};
        baseA = base("a", Map.of("demo.war", WAR, "other.war", other()));
        baseB = base("b", Map.of("demo.war", WAR));
        a = WildFlyNode.start(baseA, properties(1, cluster));
        b = WildFlyNode.start(baseB, properties(2, cluster));
        a.awaitDeployment();
        b.awaitDeployment();
    }

    @AfterAll
    static void stop() throws Exception {
        try (AutoCloseable first = database;
                AutoCloseable second = a;
                AutoCloseable third = b) {
            // in turn, and all of them whatever one throws
        }
    }

    @Test
    void aLogoutOnOneNodeIsTrueOnTheOther() throws Exception {
        awaitMembers(2);
        TwoNodes.logInOnOneOutOnTheOther();
        assertThat(a.log() + b.log()).doesNotContain("LOCKSTEP-03");
    }

    @Test
    void theServersCacheManagerOutlivesTheApplication() throws Exception {
        awaitMembers(2);
        ManagementCli.ask(baseA, TwoNodes.managementPort(1), "/deployment=demo.war:undeploy");
        assertThat(TwoNodes.http(1, "demo").get("/api/me").statusCode()).isEqualTo(404);
        assertThat(manager()).isEqualTo(ServersCacheServlet.of(2));

        ManagementCli.ask(baseA, TwoNodes.managementPort(1), "/deployment=demo.war:deploy");
        TwoNodes.logInOnOneOutOnTheOther();
    }

    @Test
    void theServersCacheManagerReturnsWithTheApplication() throws Exception {
        awaitMembers(2);
        ManagementCli.ask(baseB, TwoNodes.managementPort(2), "/deployment=demo.war:undeploy");
        awaitMembers(1);

        ManagementCli.ask(baseB, TwoNodes.managementPort(2), "/deployment=demo.war:deploy");
        awaitMembers(2);
        TwoNodes.logInOnOneOutOnTheOther();
    }

    @Test
    void theWarBringsNoLibraryOfACache() throws IOException {
        try (JarFile war = new JarFile(WAR.toFile())) {
            assertThat(war.stream().map(ZipEntry::getName))
                    .filteredOn(name -> name.endsWith(".jar"))
                    .isNotEmpty()
                    .noneMatch(name -> name.matches(".*(infinispan|jgroups|protostream|rxjava|netty).*"));
        }
    }

    @Test
    void theHowToTellsWhatIsTriedHere() throws IOException {
        assertThat(Files.readString(Path.of("docs", "howto", "war-size.md"), UTF_8))
                .contains(
                        Files.readString(STRUCTURE, UTF_8),
                        Files.readString(REFERENCE, UTF_8),
                        Files.readString(COMMANDS, UTF_8));
    }

    private static WildFlyBase base(String name, Map<String, Path> applications) throws Exception {
        WildFlyBase base = WildFlyBase.make(directory.resolve(name), database.url(), applications);
        base.configure(Files.readString(COMMANDS, UTF_8));
        return base;
    }

    private static Path other() {
        WebArchive war = ShrinkWrap.create(WebArchive.class, "other.war")
                .addClass(ServersCacheServlet.class)
                .addAsWebInfResource(STRUCTURE.toFile(), "jboss-deployment-structure.xml");
        Path file = directory.resolve("other.war");
        war.as(ZipExporter.class).exportTo(file.toFile());
        return file;
    }

    private static Map<String, String> properties(int node, int[] cluster) {
        Map<String, String> all = new TreeMap<>(Map.of(
                "lockstep.infinispan.jndi",
                "java:jboss/infinispan/container/lockstep",
                "lockstep.lease",
                "1m",
                "lockstep.poll",
                "1m",
                "jgroups.port",
                String.valueOf(cluster[node - 1]),
                "jgroups.a.port",
                String.valueOf(cluster[0]),
                "jgroups.b.port",
                String.valueOf(cluster[1])));
        return TwoNodes.properties(node, all);
    }

    private static void awaitMembers(int number) {
        await().atMost(Duration.ofMinutes(1)).until(() -> manager().equals(ServersCacheServlet.of(number)));
    }

    private static String manager() {
        return TwoNodes.http(1, "other").get("/manager").body();
    }
}
