package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.Samples;
import dev.lockstep.pool.PoolWithoutValidation;
import dev.lockstep.pool.PoolWithoutValidation.Word;
import dev.lockstep.process.DatabaseServer;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that the server has ended, in a pool that does not notice. */
abstract class LostConnectionsContract {

    private static final int POOLED = 8;
    private static final Duration LONG = Duration.ofSeconds(30);

    private DataSource database;

    @AutoClose
    private JdbcStore store;

    @BeforeEach
    void create() {
        database = empty();
    }

    /** Connections to a database of this test's own, without a pool. */
    abstract DataSource empty();

    /** Ends all connections to it, and waits until they are gone. */
    abstract void endConnections() throws SQLException;

    /** Has each connection that deletes a node's row end in the middle of that. */
    abstract void endThoseThatDeleteNodes() throws SQLException;

    /** A server of this test's own. */
    abstract DatabaseServer server() throws Exception;

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

    /** The retry is no endless one: here every connection dies of its statement. */
    @Test
    void aServerThatEndsEachConnectionIsGivenUp() throws Exception {
        PoolWithoutValidation pool = new PoolWithoutValidation(database, Word.ABORT);
        store = open(pool);
        store.register("n1", "node", Duration.ofSeconds(2));
        endThoseThatDeleteNodes();

        assertThatThrownBy(() -> store.remove(List.of("n1")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("LOCKSTEP-0122 ");
    }

    @ParameterizedTest
    @EnumSource
    void aStoreRecoversFromARestartOfItsServer(Word word) throws Exception {
        try (DatabaseServer server = server()) {
            PoolWithoutValidation pool = new PoolWithoutValidation(server.dataSource(), word);
            store = open(pool);
            SessionCopy copy = store.open(Samples.session("alice"));
            pool.fill(POOLED);
            server.shutDown();
            assertThatThrownBy(() -> store.find(copy.digest())).isInstanceOf(StoreUnavailableException.class);

            server.restart();

            assertThat(store.find(copy.digest()).session()).isEqualTo(copy.session());
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
}
