package dev.lockstep.it.howto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.docs.Block;
import dev.lockstep.it.Http;
import dev.lockstep.it.server.ManagementCli;
import dev.lockstep.it.server.WildFlyBase;
import dev.lockstep.it.server.WildFlyNode;
import dev.lockstep.process.Directories;
import dev.lockstep.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * On WildFly, from a server that is no more than its how-to asks for, by the commands that it
 * prints.
 */
class HowToWildFlyIT extends FirstHour {

    private static final Block COMMANDS = Block.printed("docs/howto/wildfly.md", "cli", 1);
    private static final Block SETTINGS = Block.printed("docs/howto/wildfly.md", "properties", 1);
    private static final Block POOL_OF_A_CACHE = Block.printed("docs/howto/database-cache.md", "cli", 1);
    private static final Block BY_CONTAINER = Block.printed("docs/howto/container-security.md", "cli", 1);
    private static final Block DOMAIN = Block.printed("docs/howto/container-security.md", "cli", 2);
    /** A security domain to which the printed line was not applied. */
    private static final String UNPREPARED = """
            /subsystem=undertow/application-security-domain=unprepared:add(security-domain=ApplicationDomain)
            """;

    private static final String IN_UNPREPARED = """
            <jboss-web><security-domain>unprepared</security-domain></jboss-web>
            """;

    /** An application with a pool that calls itself so, too. */
    private static final String GONE = "gone";

    private static final String FLUSH = """
            /deployment=gone.war:undeploy
            /subsystem=datasources/data-source=Gone:flush-idle-connection-in-pool
            """;

    private static final String POOLED = """
            lockstep.cache=database
            lockstep.database.datasource=java:jboss/datasources/cache
            """;
    private static final String KNOWN = "lockstep.security=container\n";
    private static final Path HOME = Path.of(System.getProperty("it.wildfly.howto.home"));
    private static final String VALIDATION = "(?s) \\\\\\n +--exception-sorter-class-name=.*?--flush-strategy=\\S+";

    private static final Duration LONG = Duration.ofMinutes(1);

    private int port;
    private int management;
    private WildFlyBase base;
    private WildFlyNode server;
    private Caches caches;

    @Override
    void start(Path directory, SessionsDatabase database) throws Exception {
        // of an earlier run
        Directories.delete(HOME.resolve("modules").resolve("org").resolve("postgresql"));
        base = WildFlyBase.make(HOME, directory.resolve("wildfly"));
        base.configure(database.adapt(commands()));
        Path deployments = Files.createDirectories(base.directory().resolve("deployments"));
        caches = Caches.start(directory);
        for (WebArchive war : wars()) {
            Shop.export(war, deployments);
        }
        port = Ports.free();
        management = Ports.free();
        server = WildFlyNode.start(
                base,
                Map.of(
                        "jboss.http.port",
                        Integer.toString(port),
                        "jboss.management.http.port",
                        Integer.toString(management)));
        server.awaitDeployment();
    }

    private List<WebArchive> wars() throws Exception {
        List<WebArchive> wars = new ArrayList<>(json(settings(SETTINGS, "json", "Sessions")));
        wars.add(Shop.war("shop", settings(SETTINGS, "shop", "Sessions")));
        wars.add(Shop.war("unvalidated", settings(SETTINGS, "unvalidated", "Unvalidated")));
        wars.add(poked(true, settings(SETTINGS, "poked", "Poked")));
        wars.add(poked(false, settings(SETTINGS, "poked", "Poked")));
        wars.add(Shop.war(GONE, settings(SETTINGS, GONE, "Gone")));
        wars.add(Shop.war("known", settings(SETTINGS, "known", "Sessions") + KNOWN));
        wars.add(Shop.war("unprepared", settings(SETTINGS, "unprepared", "Sessions") + KNOWN)
                .addAsWebInfResource(new StringAsset(IN_UNPREPARED), "jboss-web.xml"));
        wars.add(Shop.warWith("database", "pooled", settings(SETTINGS, "pooled", "Sessions") + POOLED));
        for (Map.Entry<String, String> cache : caches.settings().entrySet()) {
            String name = cache.getKey();
            wars.add(Shop.warWith(name, name, settings(SETTINGS, name, "Sessions") + cache.getValue()));
        }
        return wars;
    }

    @ParameterizedTest
    @MethodSource("dev.lockstep.it.howto.Caches#outsideOfNodes")
    void theLibrariesOfAPageAreEnoughForItsCache(String cache) throws Exception {
        assertServed(cache);
        await().atMost(LONG).until(() -> caches.hold(cache));
    }

    @Test
    void theLibrariesOfAPageAreEnoughForACluster() throws Exception {
        assertServed("infinispan");
        assertThat(server.log()).containsPattern("new cluster view .*lockstep:infinispan");
    }

    @Test
    void aCacheUsesThePoolOfItsPage() {
        assertServed("pooled");
        await().atMost(LONG).until(() -> database().countOfCopies() > 0);
    }

    @Test
    void theServerIsToldWhoCallsByThePrintedLine() {
        assertServed("known");
    }

    /** Without it the server would look the caller up itself. */
    @Test
    void withoutThePrintedLineNobodyIsLetIn() throws Exception {
        Customer customer = new Customer(Http.at(port, "unprepared"));
        assertThat(customer.isServed(customer.logIn())).isFalse();
        assertThat(server.log()).contains("LOCKSTEP-0409");
    }

    /** The pool can end all its connections, as nobody has any of them. */
    @Test
    void anUndeployedApplicationGivesBackItsConnections() throws Exception {
        assertServed(GONE);
        await().atMost(LONG).until(() -> database().countOfConnections(GONE, "LISTEN %") == 1);

        ManagementCli.ask(base, management, Files.writeString(base.directory().resolve("flush.cli"), FLUSH));

        await().atMost(LONG).until(() -> database().countOfConnections(GONE, "%") == 0);
    }

    private void assertServed(String application) {
        Customer customer = new Customer(Http.at(port, application));
        assertThat(customer.isServed(customer.logIn())).as(application).isTrue();
    }

    /**
     * As printed, once more for a pool that never looks at its connections, for the applications
     * with pools of their own, and what is printed for a cache's pool.
     */
    private static String commands() {
        String printed = COMMANDS.text();
        String pool = printed.substring(printed.indexOf("data-source add"));
        String unvalidated = pool.replaceAll(VALIDATION, "").replace("Sessions", "Unvalidated");
        assertThat(unvalidated).isNotEqualTo(pool).doesNotContain("Sorter");
        return printed
                + unvalidated
                + pool.replace("Sessions", "cache")
                + pool.replace("Sessions", "Poked")
                + pool.replace("Sessions", "Gone").replace("socketTimeout", "ApplicationName=gone&socketTimeout")
                + POOL_OF_A_CACHE.text()
                + DOMAIN.text()
                + BY_CONTAINER.text()
                + UNPREPARED;
    }

    @Override
    void stopServer() throws IOException {
        if (server != null) {
            System.out.println(server.log());
            server.close();
        }
        if (caches != null) {
            caches.close();
        }
    }

    @Override
    List<String> shops() {
        return List.of("shop", "unvalidated");
    }

    @Override
    int port() {
        return port;
    }
}
