package dev.lockstep.contract;

import dev.lockstep.SessionCopy;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A database that some nodes of one application share; each test has an application to itself. */
public abstract class StoreScenario {

    /** Where applications keep their sessions. */
    public interface Database {

        /** Opens a node's store, one that is a {@link RevocationLog} too. */
        SessionStore open(String application) throws Exception;

        /**
         * Lets time pass for an application's sessions: by a clock that is moved, or by moving
         * their instants back.
         */
        void elapse(String application, Duration duration) throws Exception;
    }

    /** One node's store, and the log that it keeps. */
    public record Node(SessionStore store, RevocationLog log) {}

    protected final String application = "/" + UUID.randomUUID();
    protected final Concurrently concurrently = new Concurrently();
    private final List<SessionStore> opened = new ArrayList<>();

    protected SessionStore store;
    protected RevocationLog log;

    /** The database, the same for all tests. */
    protected abstract Database database();

    @BeforeEach
    void openFirst() throws Exception {
        Node first = node();
        store = first.store();
        log = first.log();
    }

    @AfterEach
    void closeAll() throws Exception {
        concurrently.close();
        for (SessionStore each : opened) {
            if (each instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }

    /** Another node of the same application. */
    protected final Node node() throws Exception {
        return node(application);
    }

    /** A node of another application on the same database. */
    protected final Node node(String application) throws Exception {
        SessionStore another = database().open(application);
        opened.add(another);
        return new Node(another, (RevocationLog) another);
    }

    protected final void elapse(Duration duration) throws Exception {
        database().elapse(application, duration);
    }

    protected final SessionCopy opened(String principal) {
        return store.open(Samples.session(principal));
    }

    protected final Revoked revoke(RevocationTarget target) {
        return store.revoke(List.of(target)).get(0);
    }

    /** So long ago by the store's clock. */
    protected final Instant ago(Duration duration) {
        return Instant.ofEpochMilli(log.poll("none", new LogPosition(0, 0), 1).storeMillis())
                .minus(duration);
    }

    /** The place where the log is. */
    protected final LogPosition head() {
        return log.poll("none", new LogPosition(0, 0), 1).head();
    }
}
