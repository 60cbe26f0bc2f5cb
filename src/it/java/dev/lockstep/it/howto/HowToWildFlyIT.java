package dev.lockstep.it.howto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.Ports;
import dev.lockstep.docs.Block;
import dev.lockstep.it.server.WildFlyBase;
import dev.lockstep.it.server.WildFlyNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** On WildFly, from a server that is no more than its how-to asks for, by the commands that it prints. */
class HowToWildFlyIT extends FirstHour {

    private static final Path PAGE = Path.of("docs", "howto", "wildfly.md");
    private static final Path CACHE = Path.of("docs", "howto", "database-cache.md");
    private static final Path HOME = Path.of(System.getProperty("it.wildfly.howto.home"));
    private static final String VALIDATION = "(?s) \\\\\\n +--exception-sorter-class-name=.*?--flush-strategy=\\S+";

    private int port;
    private WildFlyNode server;

    @Override
    void start(Path directory, SessionsDatabase database) throws Exception {
        delete(HOME.resolve("modules").resolve("org").resolve("postgresql")); // of an earlier run
        WildFlyBase base = WildFlyBase.make(HOME, directory.resolve("wildfly"));
        base.configure(database.adapt(commands()));
        Path deployments = Files.createDirectories(base.directory().resolve("deployments"));
        for (WebArchive war : Stream.concat(
                        Stream.of(
                                Shop.war("shop", settings(PAGE, "shop", "Sessions")),
                                Shop.war("unvalidated", settings(PAGE, "unvalidated", "Unvalidated"))),
                        json(settings(PAGE, "json", "Sessions")).stream())
                .toList()) {
            Shop.export(war, deployments);
        }
        port = Ports.free();
        server = WildFlyNode.start(
                base,
                Map.of(
                        "jboss.http.port",
                        Integer.toString(port),
                        "jboss.management.http.port",
                        Integer.toString(Ports.free())));
        server.awaitDeployment();
    }

    /** As printed, once more for a pool that never looks at its connections, and what is printed for a cache's pool. */
    private static String commands() {
        String printed = only(PAGE);
        String pool = printed.substring(printed.indexOf("data-source add"));
        String unvalidated = pool.replaceAll(VALIDATION, "").replace("Sessions", "Unvalidated");
        assertThat(unvalidated).isNotEqualTo(pool).doesNotContain("Sorter");
        return printed + unvalidated + pool.replace("Sessions", "cache") + only(CACHE);
    }

    private static String only(Path page) {
        List<Block> blocks = Block.of(page, "cli");
        assertThat(blocks).as(page.toString()).hasSize(1);
        return blocks.get(0).text();
    }

    @Override
    void stopServer() throws InterruptedException, IOException {
        if (server != null) {
            System.out.println(server.log());
            server.close();
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

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
