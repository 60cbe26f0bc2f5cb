package dev.lockstep.it.howto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.docs.Block;
import dev.lockstep.docs.Script;
import dev.lockstep.it.Http;
import dev.lockstep.it.server.PayaraNode;
import dev.lockstep.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** On Payara Micro, by the commands, the options and the annotation that its how-to prints. */
class HowToPayaraIT extends FirstHour {

    private static final Block COMMANDS = Block.printed("docs/howto/payara.md", "asadmin", 1);
    private static final Block START = Block.printed("docs/howto/payara.md", "sh", 1);
    private static final Block DEFINITION = Block.printed("docs/howto/payara.md", "java", 1);
    private static final Block SETTINGS = Block.printed("docs/howto/payara.md", "properties", 1);
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
        Files.writeString(directory.resolve("sessions.asadmin"), database.adapt(commands()), UTF_8);
        Files.copy(database.driver(), directory.resolve(database.driver().getFileName()));
        Shop.export(Shop.war("shop", settings(SETTINGS, "shop", "sessions")), directory);
        List<String> more = new ArrayList<>();
        for (WebArchive war : wars(database)) {
            more.addAll(List.of("--deploy", Shop.export(war, directory).toString()));
        }
        server = PayaraNode.start(new Script(START), directory, port, more);
        server.awaitDeployment();
    }

    @Test
    void theReadmesApplicationNeedsNoSettingOfTheServer() throws Exception {
        Shop.runCommands(port, "trial");
    }

    @Test
    void theWarWithInfinispanRunsHereToo() throws Exception {
        Customer customer = new Customer(Http.at(port, "infinispan"));
        assertThat(customer.isServed(customer.logIn())).isTrue();
        assertThat(server.log()).contains("lockstep:infinispan").doesNotContain("LOCKSTEP-03");
    }

    /** That of the annotation gives something else than those of the commands. */
    @Test
    void everyKindOfPoolLetsANodeListen() throws Exception {
        assertThat(server.log()).contains("store java:app/jdbc/sessions").doesNotContain("LOCKSTEP-0140");
    }

    /** More applications. */
    private static List<WebArchive> wars(SessionsDatabase database) throws Exception {
        String definition = IMPORTS + database.adapt(DEFINITION.text());
        List<WebArchive> wars = new ArrayList<>(json(settings(SETTINGS, "json", "sessions")));
        wars.add(Shop.war("unvalidated", settings(SETTINGS, "unvalidated", "unvalidated")));
        wars.add(Shop.war("defined", "lockstep.store.datasource=java:app/jdbc/sessions\n", definition));
        wars.add(Shop.war(
                "named", settings(SETTINGS, "named", "sessions").replace("=jdbc/", "=java:app/jdbc/"), definition));
        wars.add(Shop.war("trial"));
        wars.add(poked(true, settings(SETTINGS, "poked", "poked")));
        wars.add(poked(false, settings(SETTINGS, "poked", "poked")));
        wars.add(Shop.warWith(
                "small", "infinispan", settings(SETTINGS, "infinispan", "sessions") + Caches.infinispan(Ports.free())));
        return wars;
    }

    /**
     * As printed, and once more for a pool that never looks at its connections, and for one of the
     * nodes that poke.
     */
    private static String commands() {
        String printed = COMMANDS.text();
        String unvalidated = printed.replaceAll(VALIDATION, " Sessions")
                .replace("Sessions", "Unvalidated")
                .replace("jdbc/sessions", "jdbc/unvalidated");
        assertThat(unvalidated).doesNotContain("isconnectvalidatereq");
        return printed + unvalidated + printed.replace("Sessions", "Poked").replace("jdbc/sessions", "jdbc/poked");
    }

    @Override
    void stopServer() throws IOException {
        if (server != null) {
            System.out.println(server.log());
            server.close();
        }
    }

    @Override
    List<String> shops() {
        return List.of("shop", "defined", "named", "unvalidated");
    }

    @Override
    int port() {
        return port;
    }
}
