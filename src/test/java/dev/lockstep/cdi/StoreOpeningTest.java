package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store that is opened beside what else a deployment begins with belongs to the deployment. */
class StoreOpeningTest {

    private final String application = "late-" + UUID.randomUUID();
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    private Connection owner;

    /** As long as the owner is connected the database is there. */
    @BeforeEach
    void create() throws SQLException {
        owner = DriverManager.getConnection(url);
    }

    @AfterEach
    void drop() throws SQLException {
        owner.close();
    }

    @Test
    void aStatementThatFailsFailsTheDeployment() throws SQLException {
        SeApplication.start(Map.of("lockstep.store.url", url)).close();
        try (Statement statement = owner.createStatement()) {
            statement.execute("DROP TABLE lockstep_housekeeping");
        }

        assertThatThrownBy(() -> SeApplication.start(Map.of(
                                "lockstep.application", application,
                                "lockstep.store.schema", "none",
                                "lockstep.store.url", url))
                        .close())
                .hasMessageContaining("LOCKSTEP-0121 ");
        awaitNothing();
    }

    @Test
    void aDeploymentThatFailsForAnotherReasonLeavesNothingOfIt() {
        assertThatThrownBy(() -> SeApplication.start(Map.of(
                                "lockstep.application", application,
                                "lockstep.channel", "postgresql",
                                "lockstep.store.url", url))
                        .close())
                .hasMessageContaining("LOCKSTEP-0016 ");
        awaitNothing();
    }

    private void awaitNothing() {
        Awaitility.await().untilAsserted(() -> {
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.contains(application));
            assertThat(connectionsBesideTheOwners()).isZero();
        });
    }

    private int connectionsBesideTheOwners() throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) - 1 FROM information_schema.sessions")) {
            row.next();
            return row.getInt(1);
        }
    }
}
