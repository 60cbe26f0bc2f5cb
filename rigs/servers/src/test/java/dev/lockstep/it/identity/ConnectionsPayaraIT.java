package dev.lockstep.it.identity;

import dev.lockstep.docs.Script;
import dev.lockstep.it.server.PayaraNode;
import dev.lockstep.process.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * On Payara Micro. Arquillian starts one for each deployment, so this test starts one that has
 * several.
 */
class ConnectionsPayaraIT extends ConnectionsOnServer {

    private static int port;
    private static PayaraNode server;

    ConnectionsPayaraIT() {
        super(port);
    }

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        port = Ports.free();
        List<String> deployed = new ArrayList<>();
        for (WebArchive war : List.of(node(), other(), brief())) {
            Path file = directory.resolve(war.getName());
            war.as(ZipExporter.class).exportTo(file.toFile());
            deployed.addAll(List.of("--deploy", file.toString()));
        }
        server = PayaraNode.start(new Script("java -jar payara-micro.jar"), directory, port, deployed);
        server.awaitDeployment();
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            System.out.println(server.log());
            server.close();
        }
    }
}
