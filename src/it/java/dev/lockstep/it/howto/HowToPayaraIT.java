package dev.lockstep.it.howto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.Ports;
import dev.lockstep.docs.Block;
import dev.lockstep.it.server.PayaraNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** On Payara Micro, by the commands, the options and the annotation that its how-to prints. */
class HowToPayaraIT extends FirstHour {

    private static final Path PAGE = Path.of("docs", "howto", "payara.md");
    private static final String VALIDATION = " --isconnectvalidatereq=\\S+ --validation.* Sessions";
    private static final String IMPORTS = """
            package shop;

            import jakarta.annotation.sql.DataSourceDefinition;
            import jakarta.enterprise.context.ApplicationScoped;

            """;

    private int port;
    private PayaraNode server;

    @Override
    void start(Path directory, SessionsDatabase database) throws Exception {
        port = Ports.free();
        server = PayaraNode.start(directory, port, options(directory, database));
        server.awaitDeployment();
    }

    /** Those that are printed, but for those that {@link PayaraNode} has; with more applications. */
    private List<String> options(Path directory, SessionsDatabase database) throws IOException {
        Path commands = Files.writeString(directory.resolve("sessions.asadmin"), database.adapt(commands()), UTF_8);
        String printed = Block.of(PAGE, "sh").get(0).text().strip();
        String start = "java -jar payara-micro.jar ";
        assertThat(printed).startsWith(start);
        String options = database.adapt(printed.substring(start.length()))
                .replace("sessions.asadmin", commands.toString())
                .replace(
                        "shop.war",
                        Shop.export(Shop.war("shop", settings(PAGE, "shop", "sessions")), directory)
                                .toString());
        List<String> all = new ArrayList<>(List.of(options.split(" ")));
        for (WebArchive war : wars(database)) {
            all.add("--deploy");
            all.add(Shop.export(war, directory).toString());
        }
        return all;
    }

    private static List<WebArchive> wars(SessionsDatabase database) {
        String definition =
                IMPORTS + database.adapt(Block.of(PAGE, "java").get(0).text());
        List<WebArchive> wars = new ArrayList<>(json(settings(PAGE, "json", "sessions")));
        wars.add(Shop.war("unvalidated", settings(PAGE, "unvalidated", "unvalidated")));
        wars.add(Shop.war("defined", "lockstep.store.datasource=java:app/jdbc/sessions\n", definition));
        return wars;
    }

    /** As printed, and once more for a pool that never looks at its connections. */
    private static String commands() {
        String printed = Block.of(PAGE, "asadmin").get(0).text();
        String unvalidated = printed.replaceAll(VALIDATION, " Sessions")
                .replace("Sessions", "Unvalidated")
                .replace("jdbc/sessions", "jdbc/unvalidated");
        assertThat(unvalidated).doesNotContain("isconnectvalidatereq");
        return printed + unvalidated;
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
        return List.of("shop", "defined", "unvalidated");
    }

    @Override
    int port() {
        return port;
    }
}
