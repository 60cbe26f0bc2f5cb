package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.Concurrently;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.Revoked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finds that come at once: few statements, and to each its own answer, as of its own moment. */
abstract class GatheredFindsContract {

    private static final String APPLICATION = "/shop";

    /** Callers at once: more than there are threads for reads, and statements under way. */
    private static final int CALLERS = 24;

    private static final int ROUNDS = 15;

    private static final Pattern FIND = Pattern.compile(
            "LEFT JOIN (lockstep_session s ON s.application =" + " c.application AND s.digest|LATERAL \\(SELECT t)");

    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<String> finds = new CopyOnWriteArrayList<>();
    private volatile boolean holding;
    private TestDatabase database;
    private JdbcStore store;

    /** Which have one thread for reads, so that all that comes meanwhile gathers. */
    private static final int FEW_THREADS = StoreSettings.MIN_THREADS;

    abstract TestDatabase empty();

    @BeforeEach
    void open() {
        database = empty();
        store = open(FEW_THREADS);
    }

    private JdbcStore open(int threads) {
        JdbcStore opened = JdbcStore.open(
                RewrittenStatements.of(database.dataSource(), this::held),
                APPLICATION,
                StoreSettings.DEFAULTS.withTimeout(Duration.ofSeconds(30)).withThreads(threads),
                Executors.defaultThreadFactory());
        finds.clear();
        return opened;
    }

    @AfterEach
    void close() {
        gate.countDown();
        store.close();
        database.close();
    }

    @Test
    void whatWaitsIsFoundByOneStatement() throws Exception {
        SessionCopy alice = store.open(Samples.session("alice"));
        SessionCopy bob = store.open(Samples.session("bob"));
        SessionCopy ended = store.open(Samples.session("carol"));
        store.revoke(List.of(new OfToken(ended.digest())));
        SessionCopy late =
                store.open(Samples.session("dave", Samples.digest(), Duration.ofMillis(1), Duration.ofMillis(1)));
        Awaitility.await().until(() -> store.find(late.digest()) == null);
        finds.clear();
        try (Concurrently concurrently = new Concurrently()) {
            Future<SessionCopy> underWay = held(concurrently, alice.digest());
            List<Future<SessionCopy>> gathered = new ArrayList<>();
            for (TokenDigest digest : List.of(
                    bob.digest(), ended.digest(), alice.digest(), Samples.digest(), late.digest(), bob.digest())) {
                gathered.add(concurrently.start(() -> store.find(digest)));
            }
            Awaitility.await().until(() -> store.waiting() == gathered.size());
            holding = false;
            gate.countDown();

            assertThat(gathered.get(0).get()).usingRecursiveComparison().isEqualTo(found(bob));
            assertThat(gathered.get(1).get()).isNull();
            assertThat(gathered.get(2).get()).usingRecursiveComparison().isEqualTo(found(alice));
            assertThat(gathered.get(3).get()).isNull();
            assertThat(gathered.get(4).get()).isNull();
            assertThat(gathered.get(5).get()).usingRecursiveComparison().isEqualTo(found(bob));
            assertThat(finds).as("with those that compare").hasSize(1 + 1 + 3);
            assertThat(underWay.get()).isNotNull();
        }
    }

    /**
     * A find that joined what had been sent before it came would miss a session that is there, or
     * find one that is gone. The position that a copy carries lies between the opening and the end.
     */
    @ParameterizedTest
    @ValueSource(ints = {FEW_THREADS, 16})
    void everyFindSeesWhatWasCommittedBeforeItCame(int threads) throws Exception {
        store.close();
        store = open(threads);
        List<Callable<Boolean>> callers = Stream.generate(() -> (Callable<Boolean>) this::lifeOfSessions)
                .limit(CALLERS)
                .toList();
        try (Concurrently concurrently = new Concurrently()) {
            assertThat(concurrently.run(callers)).hasSize(CALLERS).containsOnly(true);
        }
        assertThat(finds).as("some were gathered").hasSizeLessThan(CALLERS * ROUNDS * 3);
    }

    private boolean lifeOfSessions() {
        for (int i = 0; i < ROUNDS; i++) {
            SessionCopy opened = store.open(Samples.session("alice"));
            SessionCopy found = store.find(opened.digest());
            assertThat(found.session()).isEqualTo(opened.session());
            assertThat(found.position()).isGreaterThanOrEqualTo(opened.position());
            TokenDigest next = Samples.digest();
            assertThat(store.rotate(opened.digest(), next)).isNotNull();
            assertThat(store.find(opened.digest())).isNull();
            Revoked end = store.revoke(List.of(new OfToken(next))).get(0);
            assertThat(end.upTo().position()).isGreaterThan(found.position());
            assertThat(store.find(next)).isNull();
        }
        return true;
    }

    /** By hand. */
    @Test
    void aRowThatCannotBeReadFailsItsOwnFindAlone() throws Exception {
        SessionCopy alice = store.open(Samples.session("alice"));
        SessionCopy odd = store.open(Samples.session("odd"));
        TestDatabase.execute(
                database.dataSource(), "UPDATE lockstep_session SET groups = 'no JSON' WHERE principal = 'odd'");
        try (Concurrently concurrently = new Concurrently()) {
            held(concurrently, alice.digest());
            Future<SessionCopy> bad = concurrently.start(() -> store.find(odd.digest()));
            Future<SessionCopy> good = concurrently.start(() -> store.find(alice.digest()));
            Awaitility.await().until(() -> store.waiting() == 2);
            holding = false;
            gate.countDown();

            assertThatThrownBy(bad::get).hasMessageContaining("LOCKSTEP-0106 ");
            assertThat(good.get().session()).isEqualTo(alice.session());
        }
    }

    /** A statement that is under way until the gate is opened. */
    private Future<SessionCopy> held(Concurrently concurrently, TokenDigest digest) {
        holding = true;
        Future<SessionCopy> underWay = concurrently.start(() -> store.find(digest));
        Awaitility.await().until(() -> !finds.isEmpty() && store.busy() == 1 && store.waiting() == 0);
        return underWay;
    }

    private SessionCopy found(SessionCopy opened) {
        SessionCopy now = store.find(opened.digest());
        assertThat(now.session()).isEqualTo(opened.session());
        return now;
    }

    private String held(String sql) {
        if (FIND.matcher(sql).find()) {
            finds.add(sql);
            if (holding) {
                await();
            }
        }
        return sql;
    }

    private void await() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
