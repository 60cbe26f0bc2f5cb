package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.process.DatabaseServer;
import dev.lockstep.process.MariaDbServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.awaitility.Awaitility;

class MariaDbLostConnectionsTest extends LostConnectionsContract {

    private String name;

    @Override
    DataSource empty() {
        name = TestDatabase.createMariaDb();
        return SharedServers.mariaDb().dataSource(name);
    }

    @Override
    void endConnections() {
        connections().forEach(id -> TestDatabase.execute(admin(), "KILL " + id));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(connections()).isEmpty());
    }

    private List<String> connections() {
        return TestDatabase.query(admin(), "SELECT id FROM information_schema.PROCESSLIST WHERE db = '" + name + "'");
    }

    private static DataSource admin() {
        return SharedServers.mariaDb().dataSource();
    }

    @Override
    void endThoseThatDeleteNodes() {
        TestDatabase.execute(
                SharedServers.mariaDb().dataSource(name),
                "CREATE TRIGGER suicide BEFORE DELETE ON lockstep_node FOR EACH ROW KILL CONNECTION_ID()");
    }

    @Override
    DatabaseServer server() throws Exception {
        return MariaDbServer.start(Map.of());
    }
}
