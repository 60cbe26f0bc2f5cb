package dev.lockstep.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.docs.Block;
import dev.lockstep.docs.Script;
import dev.lockstep.it.server.ManagementCli;
import dev.lockstep.it.server.WildFlyBase;
import dev.lockstep.it.server.WildFlyNode;
import dev.lockstep.process.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo application without any library of Infinispan, on two WildFly nodes whose own subsystems
 * form the cluster. A has one more application that uses the cache manager; B has none, so there it
 * ends and begins with the demo.
 *
 * <p>A node asks the database only once a minute here, longer than any request is waited for: what
 * is quicker came by the channel.
 */
class SubsystemWildFlyIT {

    private static final Path WAR = TwoNodes.WARS.resolve("lockstep-modules.war");
    private static final Block SETTINGS = Block.printed("docs/howto/war-size.md", "properties", 2);
    private static final Block STRUCTURE = Block.printed("docs/howto/war-size.md", "xml", 3);
    private static final Block REFERENCE = Block.printed("docs/howto/war-size.md", "xml", 4);
    private static final Block COMMANDS = Block.printed("docs/howto/war-size.md", "cli", 1);
    private static final Block START = Block.printed("docs/howto/war-size.md", "sh", 2);

    private static final String A = "127.0.0.1";
    private static final String B = "127.0.0.2";

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
        String cluster = String.valueOf(Ports.free());
        Path demo = demo();
        baseA = base("a", Map.of("demo.war", demo, "other.war", other()));
        baseB = base("b", Map.of("demo.war", demo));
        a = WildFlyNode.start(script(cluster), baseA, properties(1, cluster));
        Script other =
                script(cluster).replace("name=a", "name=b").replace("address.private=" + A, "address.private=" + B);
        b = WildFlyNode.start(other, baseB, properties(2, cluster));
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

    private static WildFlyBase base(String name, Map<String, Path> applications) throws Exception {
        WildFlyBase base = WildFlyBase.make(directory.resolve(name), database.url(), applications);
        base.configure(COMMANDS.text());
        return base;
    }

    private static Path other() {
        WebArchive war = ShrinkWrap.create(WebArchive.class, "other.war")
                .addClass(ServersCacheServlet.class)
                .addAsWebInfResource(new StringAsset(STRUCTURE.text()), "jboss-deployment-structure.xml");
        return export(war);
    }

    /** As the page makes it of the demo's application. */
    private static Path demo() {
        return export(TwoNodes.demo(WAR, SETTINGS)
                .addAsWebInfResource(new StringAsset(STRUCTURE.text()), "jboss-deployment-structure.xml")
                .addAsWebInfResource(new StringAsset(REFERENCE.text()), "web.xml"));
    }

    private static Path export(WebArchive war) {
        Path file = directory.resolve(war.getName());
        war.as(ZipExporter.class).exportTo(file.toFile());
        return file;
    }

    /** Both nodes on one machine, and on a port that nobody has. */
    private static Script script(String port) {
        return new Script(START).replace("10.0.0.1", A).replace("10.0.0.2", B).replace("7600", port);
    }

    private static Map<String, String> properties(int node, String cluster) {
        return TwoNodes.properties(
                node,
                Map.of(
                        "lockstep.lease",
                        "1m",
                        "lockstep.poll",
                        "1m",
                        "jgroups.port",
                        cluster,
                        "jgroups.a.port",
                        cluster));
    }

    private static void awaitMembers(int number) {
        await().atMost(Duration.ofMinutes(1)).until(() -> manager().equals(ServersCacheServlet.of(number)));
    }

    private static String manager() {
        return TwoNodes.http(1, "other").get("/manager").body();
    }
}
