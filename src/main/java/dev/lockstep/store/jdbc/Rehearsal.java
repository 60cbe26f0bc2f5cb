package dev.lockstep.store.jdbc;

import dev.lockstep.LockstepException;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.KeyRingStore.Former;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NewSession;
import dev.lockstep.spi.Poke;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfApplication;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.RevocationTarget.OthersOf;
import dev.lockstep.store.jdbc.connection.Failures;
import dev.lockstep.store.jdbc.connection.SqlErrors.Meaning;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.dialect.Database;
import dev.lockstep.store.jdbc.dialect.Dialect;
import dev.lockstep.store.jdbc.dialect.KeyTable;
import dev.lockstep.store.jdbc.dialect.LogChanges;
import dev.lockstep.store.jdbc.dialect.LogClock;
import dev.lockstep.store.jdbc.dialect.LogEntry;
import dev.lockstep.store.jdbc.dialect.LogTable;
import dev.lockstep.store.jdbc.dialect.MissingClockException;
import dev.lockstep.store.jdbc.dialect.NodeTable;
import dev.lockstep.store.jdbc.dialect.Notifications;
import dev.lockstep.store.jdbc.dialect.Notifications.Note;
import dev.lockstep.store.jdbc.dialect.RevocationChanges;
import dev.lockstep.store.jdbc.dialect.SessionChanges;
import dev.lockstep.store.jdbc.dialect.SessionQueries;
import dev.lockstep.store.jdbc.dialect.SessionTable;
import dev.lockstep.store.jdbc.dialect.Statements;
import dev.lockstep.store.jdbc.dialect.Targets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Runs each statement of the store once before it is needed, so that a right, a mode or a driver's
 * setting that one of them can't do with shows at start-up and not at the first logout. Used once,
 * by one thread.
 *
 * <p>All is done for an application that nobody has. The statements are run as they are run later,
 * commits included: the application has no clock row, so they find nothing and leave nothing
 * behind, but rights, types and modes are checked all the same. Where rights are checked only when
 * a row is touched, the application gets rows, in one transaction which is rolled back, and which
 * nobody else sees or waits for.
 */
final class Rehearsal {

    /** So that nothing expires before the rehearsal is over. */
    private static final Duration LONG = Duration.ofHours(1);

    private static final String PRINCIPAL = "nobody";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Dialect dialect;
    private final Failures failures;
    private final Statements statements;
    private final Optional<Notifications> notifications;

    private final String node = UUID.randomUUID().toString();
    private final TokenDigest digest = digest();
    private final TokenDigest rotated = digest();

    Rehearsal(Database database, Duration timeout, Failures failures) {
        this.dialect = database.dialect();
        this.failures = failures;
        String nobodys = "rehearsal " + UUID.randomUUID();
        this.statements = Statements.of(dialect, nobodys, timeout);
        this.notifications = dialect.notifications(nobodys);
    }

    /** @throws LockstepException if a statement can't be run, naming what the store could not do */
    void run(StoreConnection connection) throws SQLException {
        step("run what is rarely needed", () -> dialect.rehearse(connection));
        if (dialect.checksRightsByRow()) {
            connection.rolledBack(tx -> {
                step("make its rows", () -> statements.clock().ensure(tx));
                all(tx);
            });
        } else {
            all(connection);
        }
    }

    private void all(StoreConnection connection) throws SQLException {
        LogPosition[] head = {new LogPosition(0, 0)};
        LogClock clock = statements.clock();
        SessionTable sessions = statements.sessions();
        SessionQueries search = statements.search();
        LogTable log = statements.log();
        NodeTable nodes = statements.nodes();
        SessionChanges sessionChanges = statements.sessionChanges();
        LogChanges logChanges = statements.logChanges();
        RevocationChanges revocationChanges = statements.revocationChanges();
        step("open sessions", () -> sessionChanges.open(connection, List.of(session(digest, LONG))));
        step("find sessions", () -> sessions.find(connection, List.of(digest)));
        step("find several sessions", () -> sessions.find(connection, List.of(digest, rotated)));
        step("list sessions", () -> sessions.list(connection, PRINCIPAL));
        step("find sessions by their identifiers", () -> search.byId(connection, "none"));
        step("search sessions", () -> search.page(connection, null, null, 1));
        step("search sessions of a principal", () -> search.page(connection, PRINCIPAL, null, 1));
        step("count sessions", () -> search.count(connection));
        step("count sessions of a principal", () -> search.count(connection, PRINCIPAL));
        step("touch sessions", () -> sessionChanges.touch(connection, List.of(digest), Duration.ZERO, Duration.ZERO));
        step("rotate tokens", () -> logChanges.rotate(connection, digest, rotated));
        step("register nodes", () -> logChanges.register(connection, node, "rehearsal", LONG));
        step("read the log", () -> log.poll(connection, node, head[0], 1));
        step("read the log's head", () -> head[0] = clock.read(connection).head());
        step("confirm revocations", () -> nodes.acknowledge(connection, node, head[0]));
        if (notifications.isPresent()) {
            tellNobody(notifications.get(), connection, head[0]);
        }
        step("make and retire versions of the application's key", () -> makeKey(connection));
        step("read node rows", () -> nodes.all(connection));
        step("read node rows", () -> nodes.among(connection, List.of(node)));
        step("fence nodes", () -> nodes.fence(connection, List.of(node)));
        step("remove nodes", () -> nodes.remove(connection, List.of(node)));
        step("announce revocations", () -> logChanges.announce(connection, LogEntry.ofGone(targets())));
        step("end sessions", () -> revocationChanges.revoke(connection, Targets.of(List.of(new OfToken(rotated)))));
        step("end sessions of principals", () -> revocationChanges.revoke(connection, Targets.of(targets())));
        step("end all sessions", () -> revocationChanges.revoke(connection, Targets.of(List.of(new OfApplication()))));
        step("remove what a crash has left", () -> logChanges.removeTorn(connection));
        step("trim the log", () -> logChanges.trim(connection, new LogPosition(head[0].epoch(), 1), 1));
        step("start an epoch", () -> clock.startEpoch(connection, head[0]));
        step("open sessions", () -> sessionChanges.open(connection, List.of(session(digest(), Duration.ZERO))));
        step("sweep sessions", () -> sessionChanges.deleteExpired(connection, Instant.now(), 1));
    }

    private void makeKey(StoreConnection connection) throws SQLException {
        KeyTable keys = statements.keys();
        long made = keys.replace(connection, 0, LONG, Former.STAYS).inForce().number();
        keys.replace(connection, made, LONG, Former.LEAKED).destroy();
    }

    private void tellNobody(Notifications notifications, StoreConnection connection, LogPosition head)
            throws SQLException {
        Poke poke = new Poke(Poke.Kind.APPLIED, head, PRINCIPAL);
        List<String> nobody = List.of(PRINCIPAL);
        step(
                "tell other nodes",
                () -> notifications.send(connection, List.of(new Note(Optional.of(PRINCIPAL), poke.text()))));
        step("answer other nodes", () -> notifications.acknowledge(connection, node, head, poke, nobody));
    }

    private static List<RevocationTarget> targets() {
        return List.of(
                new OfToken(digest()), new OfId("none"), new OfPrincipal(PRINCIPAL), new OthersOf(PRINCIPAL, "none"));
    }

    private static NewSession session(TokenDigest digest, Duration timeout) {
        return new NewSession(
                UUID.randomUUID().toString(), digest, PRINCIPAL, Set.of("group"), Map.of("a", "b"), timeout, timeout);
    }

    private static TokenDigest digest() {
        byte[] bytes = new byte[TokenDigest.LENGTH];
        RANDOM.nextBytes(bytes);
        return TokenDigest.of(bytes);
    }

    private void step(String what, Step step) throws SQLException {
        try {
            step.run();
        } catch (MissingClockException e) {
            // it has been run, and found that there is no such application
        } catch (SQLException e) {
            if (dialect.errors().means(Meaning.LOST, e) || dialect.errors().means(Meaning.PASSING, e)) {
                throw e;
            }
            LockstepException cause = failures.of(e);
            throw new LockstepException(
                    "LOCKSTEP-0128 The store could not " + what + ", so it does not begin: " + cause.getMessage(),
                    cause.getCause());
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws SQLException;
    }
}
