package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.process.DatabaseServer;
import dev.lockstep.process.PostgresServer;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresLostConnectionsTest extends LostConnectionsContract {

    private String name;

    @Override
    DataSource empty() {
        name = TestDatabase.createPostgres();
        return dataSource(name);
    }

    @Override
    void endConnections() {
        DataSource admin = dataSource("postgres");
        TestDatabase.execute(
                admin, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(TestDatabase.query(
                                admin, "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + name + "'"))
                        .containsExactly("0"));
    }

    @Override
    void endThoseThatDeleteNodes() {
        DataSource database = dataSource(name);
        TestDatabase.execute(
                database,
                "CREATE FUNCTION suicide() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'");
        TestDatabase.execute(
                database,
                "CREATE TRIGGER suicide BEFORE DELETE ON lockstep_node FOR EACH ROW EXECUTE FUNCTION suicide()");
    }

    @Override
    DatabaseServer server() throws Exception {
        return PostgresServer.start(Map.of());
    }

    private static DataSource dataSource(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {TestDatabase.postgresPort()});
        source.setDatabaseName(database);
        source.setUser("postgres");
        return source;
    }
}
