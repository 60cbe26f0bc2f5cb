package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.Concurrently;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.NewSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logins that come at once: one transaction, each session as it was asked for. */
abstract class GatheredOpensContract {

    private static final String APPLICATION = "/shop";
    private static final int CALLERS = 24;
    private static final int ROUNDS = 10;

    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<String> opens = new CopyOnWriteArrayList<>();
    private volatile boolean holding;
    private TestDatabase database;
    private JdbcStore store;

    abstract TestDatabase empty();

    @BeforeEach
    void open() {
        database = empty();
        store = JdbcStore.open(
                RewrittenStatements.of(database.dataSource(), this::held),
                APPLICATION,
                StoreSettings.DEFAULTS.withTimeout(Duration.ofSeconds(30)).withThreads(StoreSettings.MIN_THREADS),
                Executors.defaultThreadFactory());
        opens.clear();
    }

    @AfterEach
    void close() {
        gate.countDown();
        store.close();
        database.close();
    }

    @Test
    void whatWaitsIsOpenedByOneStatementEachAsItWasAsked() throws Exception {
        NewSession plain = with(Set.of(), Map.of(), Duration.ofHours(2));
        NewSession full = with(
                Set.of("staff", "a \"quoted\" \\ group", "\u00e4\ud83d\ude00"),
                Map.of("key", "a\nb\t\"c\" \\u0041 '", "empty", ""),
                Duration.ofHours(3));
        try (Concurrently concurrently = new Concurrently()) {
            Future<SessionCopy> underWay = held(concurrently);
            List<Future<SessionCopy>> gathered = gathered(concurrently, plain, full);

            for (int i = 0; i < 2; i++) {
                NewSession asked = List.of(plain, full).get(i);
                SessionCopy opened = gathered.get(i).get();
                assertThat(opened.session().groups()).isEqualTo(asked.groups());
                assertThat(opened.session().attributes()).isEqualTo(asked.attributes());
                assertThat(Duration.between(
                                opened.session().createdAt(), opened.session().expiresAt()))
                        .isEqualTo(asked.absoluteTimeout());
                assertThat(store.find(asked.digest())).isEqualTo(opened);
            }
            assertThat(underWay.get()).isNotNull();
            assertThat(opens).hasSize(2);
        }
    }

    @Test
    void oneThatIsRefusedFailsAlone() throws Exception {
        SessionCopy there = store.open(Samples.session("alice"));
        NewSession again = new NewSession(
                there.session().id(),
                Samples.digest(),
                "alice",
                Set.of(),
                Map.of(),
                Duration.ofHours(1),
                Duration.ofHours(1));
        NewSession before = Samples.session("bob");
        NewSession after = Samples.session("carol");
        try (Concurrently concurrently = new Concurrently()) {
            held(concurrently);
            List<Future<SessionCopy>> gathered = gathered(concurrently, before, again, after);

            assertThatThrownBy(gathered.get(1)::get)
                    .hasCauseInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("LOCKSTEP-0105 ");
            assertThat(gathered.get(0).get()).isEqualTo(store.find(before.digest()));
            assertThat(gathered.get(2).get()).isEqualTo(store.find(after.digest()));
            assertThat(store.find(again.digest())).isNull();
        }
    }

    @Test
    void everyRacingLoginHasASessionOfItsOwn() throws Exception {
        List<Callable<Boolean>> callers = Stream.generate(() -> (Callable<Boolean>) this::logins)
                .limit(CALLERS)
                .toList();
        try (Concurrently concurrently = new Concurrently()) {
            assertThat(concurrently.run(callers)).hasSize(CALLERS).containsOnly(true);
        }
        assertThat(store.count()).isEqualTo(CALLERS * ROUNDS);
        assertThat(opens).as("some were gathered").hasSizeLessThan(CALLERS * ROUNDS);
    }

    private boolean logins() {
        for (int i = 0; i < ROUNDS; i++) {
            NewSession asked = Samples.session("alice");
            SessionCopy opened = store.open(asked);
            assertThat(opened.digest()).isEqualTo(asked.digest());
            assertThat(opened.session().id()).isEqualTo(asked.id());
            assertThat(store.find(asked.digest())).isEqualTo(opened);
        }
        return true;
    }

    /** What is large goes in transactions of its own: a packet has a bound. */
    @Test
    void largeSessionsAreOpenedInSeveralTransactions() throws Exception {
        NewSession[] large = Stream.generate(() -> with(Set.of("x".repeat(60_000)), Map.of(), Duration.ofHours(1)))
                .limit(4)
                .toArray(NewSession[]::new);
        try (Concurrently concurrently = new Concurrently()) {
            held(concurrently);
            for (Future<SessionCopy> each : gathered(concurrently, large)) {
                assertThat(each.get().session().groups()).hasSize(1);
            }
            assertThat(opens).hasSize(1 + 2);
        }
    }

    private static NewSession with(Set<String> groups, Map<String, String> attributes, Duration absolute) {
        return new NewSession(
                Samples.id(), Samples.digest(), "alice", groups, attributes, absolute, Duration.ofMinutes(30));
    }

    /** A transaction that is under way until the gate is opened. */
    private Future<SessionCopy> held(Concurrently concurrently) {
        holding = true;
        opens.clear();
        Future<SessionCopy> underWay = concurrently.start(() -> store.open(Samples.session("first")));
        Awaitility.await().until(() -> opens.size() == 1 && store.waiting() == 0);
        return underWay;
    }

    /** What comes meanwhile, in this order; then the gate is opened. */
    private List<Future<SessionCopy>> gathered(Concurrently concurrently, NewSession... asked) {
        List<Future<SessionCopy>> calls = new ArrayList<>();
        for (NewSession session : asked) {
            calls.add(concurrently.start(() -> store.open(session)));
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> store.waiting() == calls.size());
        }
        holding = false;
        gate.countDown();
        return calls;
    }

    private String held(String sql) {
        if (sql.contains("INSERT INTO lockstep_session ")) {
            opens.add(sql);
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
