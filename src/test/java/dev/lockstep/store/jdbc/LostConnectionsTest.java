package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LogPosition;
import dev.lockstep.RevocationTarget.OfPrincipal;
import dev.lockstep.RevocationTarget.OfToken;
import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.Samples;
import dev.lockstep.pool.PoolWithoutValidation;
import dev.lockstep.pool.PoolWithoutValidation.Word;
import dev.lockstep.process.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections that the server has ended, in a pool that does not notice. */
class LostConnectionsTest {

    private static final int POOLED = 8;
    private static final Duration LONG = Duration.ofSeconds(30);

    private final String name = TestDatabase.createPostgres();
    private final DataSource database = dataSource(TestDatabase.postgresPort(), name);

    @TempDir
    Path directory;

    @AutoClose
    private JdbcStore store;

    @ParameterizedTest
    @EnumSource
    void whatMayBeDoneTwiceGoesOnToALivingConnectionAndThePoolIsRidOfTheDead(Word word) throws Exception {
        PoolWithoutValidation pool = new PoolWithoutValidation(database, word);
        store = open(pool);
        SessionCopy copy = store.open(Samples.session("alice"));
        LogPosition head = new LogPosition(copy.epoch(), copy.position());
        List<Runnable> calls = List.of(
                () -> assertThat(store.find(copy.digest())).isNotNull(),
                () -> assertThat(store.list("alice")).hasSize(1),
                () -> store.touch(copy.digest(), Duration.ZERO),
                () -> assertThat(store.poll("none", head, 10).head()).isEqualTo(head),
                () -> assertThat(store.nodes().rows()).isEmpty(),
                () -> store.acknowledge("none", head),
                () -> store.fence(List.of("none")),
                () -> store.remove(List.of("none")),
                () -> store.trim(head),
                () -> assertThat(store.deleteExpired(Instant.EPOCH)).isEmpty(),
                () -> assertThat(store.revoke(List.of(new OfToken(copy.digest()))))
                        .singleElement()
                        .satisfies(revoked -> assertThat(revoked.revocations()).hasSize(1)),
                () -> assertThat(store.find(copy.digest())).isNull());

        for (Runnable call : calls) {
            pool.fill(POOLED - pool.idle());
            endConnections();

            call.run();

            assertThat(pool.idle()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatMustNotBeDoneTwiceGetsAConnectionThatProvedToLive(Word word) throws Exception {
        PoolWithoutValidation pool = new PoolWithoutValidation(database, word);
        store = open(pool);
        SessionCopy copy = store.open(Samples.session("alice"));
        pool.fill(POOLED);
        endConnections();
        var unused = catchUnavailable(() -> store.open(Samples.session("bob")));

        assertThat(store.open(Samples.session("bob")).session().principal()).isEqualTo("bob");
        pool.fill(POOLED);
        endConnections();
        TokenDigest next = Samples.digest();
        assertThat(store.rotate(copy.digest(), next)).isNotNull();
        pool.fill(POOLED);
        endConnections();
        assertThat(store.register(UUID.randomUUID().toString(), "node", Duration.ofSeconds(2)))
                .isNotNull();
        assertThat(store.find(next)).isNotNull();
    }

    @Test
    void aStoreOpensOnAPoolOfDeadConnections() throws Exception {
        PoolWithoutValidation pool = new PoolWithoutValidation(database, Word.ABORT);
        pool.fill(POOLED);
        endConnections();

        store = open(pool);

        assertThat(store.open(Samples.session("alice"))).isNotNull();
    }

    /** The retry is no endless one: here every connection dies of its first statement. */
    @Test
    void aServerThatEndsEachConnectionIsGivenUp() throws Exception {
        PoolWithoutValidation pool = new PoolWithoutValidation(database, Word.ABORT);
        store = open(pool);
        TestDatabase.execute(
                database,
                "CREATE FUNCTION suicide() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'");
        TestDatabase.execute(
                database,
                "CREATE TRIGGER suicide BEFORE DELETE ON lockstep_node FOR EACH STATEMENT EXECUTE FUNCTION suicide()");

        assertThatThrownBy(() -> store.remove(List.of("none")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("LOCKSTEP-0122 ");
    }

    @ParameterizedTest
    @EnumSource
    void aStoreRecoversFromARestartOfItsServer(Word word) throws Exception {
        try (PostgresServer server = PostgresServer.start(directory, Map.of())) {
            PoolWithoutValidation pool = new PoolWithoutValidation(dataSource(server.port(), "postgres"), word);
            store = open(pool);
            SessionCopy copy = store.open(Samples.session("alice"));
            pool.fill(POOLED);
            server.shutDown();
            assertThatThrownBy(() -> store.find(copy.digest())).isInstanceOf(StoreUnavailableException.class);

            server.start();
            server.awaitListening();

            assertThat(store.find(copy.digest())).isEqualTo(copy);
            assertThat(store.open(Samples.session("bob"))).isNotNull();
            store.revoke(List.of(new OfPrincipal("alice")));
            assertThat(store.find(copy.digest())).isNull();
        }
    }

    private static Object catchUnavailable(Runnable call) {
        try {
            call.run();
            return "none";
        } catch (StoreUnavailableException e) {
            return e;
        }
    }

    private JdbcStore open(PoolWithoutValidation pool) {
        return JdbcStore.open(
                pool.dataSource(),
                "/shop",
                StoreSettings.DEFAULTS.withTimeout(LONG).withThreads(StoreSettings.MIN_THREADS),
                Executors.defaultThreadFactory());
    }

    /** Ends all connections to the database but the one that does it, and waits until they are gone. */
    private void endConnections() throws SQLException {
        DataSource admin = dataSource(TestDatabase.postgresPort(), "postgres");
        TestDatabase.execute(
                admin, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(TestDatabase.query(
                                admin, "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + name + "'"))
                        .containsExactly("0"));
    }

    private static DataSource dataSource(int port, String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser("postgres");
        return source;
    }
}
