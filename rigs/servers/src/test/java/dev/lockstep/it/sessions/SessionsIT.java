package dev.lockstep.it.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.CacheName;
import dev.lockstep.IssuedToken;
import dev.lockstep.Session;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionManager;
import dev.lockstep.it.Deployments;
import dev.lockstep.spi.SessionStore;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The beans inside a real server, with its DataSource, its threads and its transactions. */
@ExtendWith(ArquillianExtension.class)
class SessionsIT {

    @Deployment
    static WebArchive application() {
        return Deployments.withTestLibraries(Deployments.war(
                "sessions", Map.of("lockstep.nodes", "single", "lockstep.lease", "1s"), RevocationResource.class));
    }

    @Inject
    SessionManager sessions;

    @Inject
    SessionStore store;

    @Inject
    SessionCache cache;

    @Inject
    @CacheName("none")
    SessionCache none;

    @Inject
    RevocationResource revocations;

    @Resource
    UserTransaction transaction;

    @Resource
    DataSource dataSource;

    @Test
    void everythingIsInjected() {
        IssuedToken issued = sessions.open("alice", Set.of("user"));

        assertThat(sessions.find(issued.token())).contains(issued.session());
        assertThat(store.list("alice"))
                .extracting(Session::id)
                .contains(issued.session().id());
        assertThat(cache).isNotNull();
        assertThat(none).isNotNull();
    }

    @Test
    void theContextPathSeparatesApplications() throws Exception {
        String nobodyElse = UUID.randomUUID().toString();
        sessions.open(nobodyElse, Set.of());
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "SELECT DISTINCT application FROM lockstep_session WHERE principal = ?")) {
            query.setString(1, nobodyElse);
            ResultSet rows = query.executeQuery();
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("/sessions");
        }
    }

    @Test
    void aRevocationStaysThoughTheCallersTransactionRollsBack() throws Exception {
        IssuedToken issued = sessions.open("alice", Set.of());
        transaction.begin();
        touchDatabase();
        sessions.revoke(issued.token());
        transaction.rollback();

        assertThat(sessions.find(issued.token())).isEmpty();
        assertThat(sessions.findConfirmed(issued.token())).isEmpty();
    }

    @Test
    void anOpenedSessionStaysThoughTheCallersTransactionRollsBack() throws Exception {
        transaction.begin();
        touchDatabase();
        IssuedToken issued = sessions.open("alice", Set.of());
        transaction.setRollbackOnly();
        transaction.rollback();

        assertThat(sessions.findConfirmed(issued.token())).isPresent();
    }

    @Test
    void aFindInsideALongTransactionSeesThePresent() throws Exception {
        IssuedToken issued = sessions.open("alice", Set.of());
        ExecutorService elsewhere = Executors.newSingleThreadExecutor();
        transaction.begin();
        try {
            touchDatabase();
            assertThat(sessions.findConfirmed(issued.token())).isPresent();

            elsewhere.submit(() -> sessions.revoke(issued.token())).get();

            assertThat(sessions.findConfirmed(issued.token())).isEmpty();
            assertThat(sessions.find(issued.token())).isEmpty();
            assertThat(transaction.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
        } finally {
            transaction.rollback();
            elsewhere.shutdownNow();
        }
    }

    @Test
    void aRolledBackTransactionOfTheCallerDoesNotReachTheManager() throws Exception {
        transaction.begin();
        transaction.setRollbackOnly();
        try {
            IssuedToken issued = sessions.open("alice", Set.of());
            assertThat(sessions.find(issued.token())).isPresent();
        } finally {
            transaction.rollback();
        }
    }

    @Test
    void observersAreTold() {
        IssuedToken issued = sessions.open("dave", Set.of());

        sessions.revoke(issued.token());

        await().untilAsserted(() ->
                assertThat(revocations.sessionIds()).contains(issued.session().id()));
    }

    private void touchDatabase() throws Exception {
        try (Connection connection = dataSource.getConnection();
                ResultSet rows = connection.createStatement().executeQuery("SELECT CURRENT_TIMESTAMP")) {
            assertThat(rows.next()).isTrue();
        }
    }
}
