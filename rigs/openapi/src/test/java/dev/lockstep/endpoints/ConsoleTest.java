package dev.lockstep.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.CacheException;
import dev.lockstep.CacheName;
import dev.lockstep.IssuedToken;
import dev.lockstep.LockstepException;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionToken;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.NaiveCache;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.spi.KeyRingStore;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.SessionSearch;
import dev.lockstep.spi.SessionStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What the console says of what is wrong, each caused on a real node: a node that is silent, a
 * cache that fails, a store that is away, a queue that is full.
 */
class ConsoleTest {

    private static final String VERDICT = ".lockstep-verdict";
    private static final String COUNTDOWN = ".lockstep-verdict [role=timer]";
    private static final String TROUBLES = ".lockstep-troubles";
    private static final String NODES = "tbody";

    private static final String LOCK = "SELECT * FROM lockstep_log_clock WHERE application = 'shop' FOR UPDATE";

    @Test
    void aLogoutThatWaitsForASilentNodeNamesItAndHowLongItTakesStill() throws Exception {
        try (EndpointsSite site = onStoreThatFails();
                ConsoleReader console = new ConsoleReader(site, "en")) {
            assertThat(console.text(VERDICT)).isEqualTo("No logout yet since this node started.");
            SwitchedStore.naive.register("ghost's id", "ghost", Duration.ofMinutes(1));
            CompletableFuture<?> logout = logOut(site);

            console.sees(VERDICT, "A logout is waiting for ghost, which does not answer.")
                    .sees(VERDICT, "docs/howto/operate.md")
                    .sees(NODES, "waited for");
            double left = seconds(console.text(COUNTDOWN));
            assertThat(left).isBetween(0.0, 75.0);
            await().until(() -> seconds(console.text(COUNTDOWN)) < left);

            SwitchedStore.naive.remove(List.of("ghost's id"));
            logout.join();
            console.sees(VERDICT, "Logouts are slow").seesNo(COUNTDOWN).seesNo(TROUBLES);
        }
    }

    @Test
    void aNodeWhoseLeaseHadToBeWaitedOutIsNamedAfterwards() throws Exception {
        try (EndpointsSite site = onStoreThatFails();
                ConsoleReader console = new ConsoleReader(site, "en")) {
            SwitchedStore.naive.register("ghost's id", "ghost", Duration.ofSeconds(1));
            logOut(site).join();

            console.sees(VERDICT, "The last logout waited")
                    .sees(VERDICT, " s for ghost, which did not answer: it was shut out until it starts afresh.")
                    .sees(TROUBLES, "LOCKSTEP-0204");
        }
    }

    @Test
    void theLeaseOfTheNodeThatAnswersIsNotSeenToRunOutUntilItsNextAnswer() throws Exception {
        try (EndpointsSite site = onStoreThatFails();
                ConsoleReader console = new ConsoleReader(site, "en")) {
            String later = """
                    const text = (key, values) => key + JSON.stringify(values || {});
                    text.language = 'en';
                    const table = Lockstep.nodes(text);
                    table.show([{ name: 'this', leaseMillis: 2000, behind: 0 }, { name: 'other', leaseMillis: 2000, behind: 0 }],
                        { node: 'this', lease: { held: true, leftMillis: 1500 } }, [{ node: 'other', sinceMillis: 500, leftMillis: 1500 }]);
                    const now = Date.now;
                    Date.now = () => now() + 10000;
                    table.tick();
                    Date.now = now;
                    Array.from(table.element.querySelectorAll('.lockstep-lease span')).map(each => each.textContent).join();
                    """;
            assertThat(console.calls(later)).isEqualTo("secondsLeft{\"seconds\":\"1.5\"},leaseOver{}");
        }
    }

    @Test
    void aTimeOfASecondOrMoreIsToldInSeconds() throws Exception {
        try (EndpointsSite site = onStoreThatFails();
                ConsoleReader console = new ConsoleReader(site, "en")) {
            String times = """
                    const text = (key, values) => key + JSON.stringify(values);
                    text.language = 'en';
                    [999, 2500].map(each => Lockstep.duration(text, each)).join();
                    """;
            assertThat(console.calls(times)).isEqualTo("millis{\"millis\":\"999\"},secondsLeft{\"seconds\":\"2.5\"}");
        }
    }

    @Test
    void aCacheThatFailsIsTroubleUntilItWorksAgain() throws Exception {
        try (EndpointsSite site = onStoreThatFails();
                ConsoleReader console = new ConsoleReader(site, "de")) {
            console.seesNo(TROUBLES);
            FragileSessions.broken = true;
            IntStream.range(10, 30).forEach(each -> site.sessions().open("ada", Set.of()));
            console.sees(TROUBLES, "Der Cache fragile lässt sich nicht beschreiben und wird nur gelesen.")
                    .sees(TROUBLES, "LOCKSTEP-0327");
            IntStream.range(10, 30).forEach(each -> lookUpUnknown(site, each));
            console.sees(TROUBLES, "Der Cache fragile versagt und wird nicht benutzt.")
                    .sees(TROUBLES, "LOCKSTEP-0301");
            FragileSessions.broken = false;
            console.seesNo(TROUBLES);
        } finally {
            FragileSessions.broken = false;
        }
    }

    @Test
    void aStoreThatIsAwayIsTroubleUntilItAnswersAgain() throws Exception {
        try (EndpointsSite site = onStoreThatFails();
                ConsoleReader console = new ConsoleReader(site, "en")) {
            console.seesNo(TROUBLES);
            SwitchedStore.without(
                    Set.of("poll", "nodes", "nodesAmong")::contains,
                    () -> console.sees(TROUBLES, "The store does not answer.").sees(TROUBLES, "LOCKSTEP-0202"));
            console.seesNo(TROUBLES);
        }
    }

    @Test
    void aFullQueueIsTroubleAndSoIsWhatTheStoreDoesNotAnswerInTime() throws Exception {
        String database = EndpointsSite.database();
        try (EndpointsSite site = new EndpointsSite(EndpointsSite.with(
                                "lockstep.store.url", database,
                                "lockstep.web.cookie", ConsoleReader.COOKIE,
                                "lockstep.store.threads", "5",
                                "lockstep.store.queue", "1",
                                "lockstep.store.timeout", "500ms"))
                        .start();
                ConsoleReader console = new ConsoleReader(site, "en")) {
            console.seesNo(TROUBLES);
            fillQueue(site, database);
            console.sees(TROUBLES, "A queue in front of the store was full").sees(TROUBLES, "LOCKSTEP-0608");
            console.sees(TROUBLES, "did not answer a call in time").sees(TROUBLES, "LOCKSTEP-0609");
        }
    }

    @Test
    void aStoreThatAnswersOtherCallsThanTheOneThatFailedIsNotAway() throws Exception {
        try (EndpointsSite site = onStoreThatFails();
                ConsoleReader console = new ConsoleReader(site, "en")) {
            String troubles = """
                    const found = answered => Lockstep.troubles(key => key).show({ node: 'this', queues: {}, log: {}, lease: { held: true },
                        store: { answeredSinceMillis: answered, failedSinceMillis: 15, refusedSinceMillis: 16 },
                        cache: { breakers: {} }, channel: { missing: 0 }, canary: {}, revocations: {} }, []);
                    [54, 1500].map(found).join();
                    """;
            assertThat(console.calls(troubles)).isEqualTo("1,2");
        }
    }

    @Test
    void aChannelThatHearsNobodyIsTroubleAfterAWhile() throws Exception {
        try (EndpointsSite site = onStoreThatFails();
                ConsoleReader console = new ConsoleReader(site, "en")) {
            String troubles = """
                    const now = Date.now;
                    const show = (name, up) => {
                        Date.now = now;
                        const troubles = Lockstep.troubles((key, values) => key + JSON.stringify(values || {}));
                        const look = () => troubles.show({ node: 'this', queues: {}, log: {}, lease: { held: true }, store: {},
                            cache: { breakers: {} }, channel: { name: name, up: up, missing: 0 }, canary: {}, revocations: {} }, []);
                        look();
                        Date.now = () => now() + 6000;
                        look();
                        Date.now = now;
                        return troubles.element.textContent;
                    };
                    [['redis', false], ['postgresql', false], ['postgresql', true], ['none', undefined]].map(each => show(each[0], each[1])).join('|');
                    """;
            String deaf = "channelDown{\"node\":\"this\",\"channel\":\"%1$s\"} channelDownMeans{} %2$s";
            String title = "troublesTitle{}";
            assertThat(console.calls(troubles).split("\\|"))
                    .containsExactly(
                            title + deaf.formatted("redis", "LOCKSTEP-0334"),
                            title + deaf.formatted("postgresql", "LOCKSTEP-0140, LOCKSTEP-0141"),
                            title,
                            title);
        }
    }

    private static CompletableFuture<?> logOut(EndpointsSite site) {
        IssuedToken issued = site.sessions().open("ada", Set.of());
        return site.sessions().revokeAsync(issued.token()).toCompletableFuture();
    }

    /** Its only thread waits for a lock. */
    private static void fillQueue(EndpointsSite site, String database) throws Exception {
        List<IssuedToken> issued = IntStream.range(0, 4)
                .mapToObj(each -> site.sessions().open("bob", Set.of()))
                .toList();
        try (Connection lock = DriverManager.getConnection(database)) {
            lock.setAutoCommit(false);
            try (Statement statement = lock.createStatement()) {
                statement.executeQuery(LOCK).close();
            }
            List<CompletableFuture<Void>> rotations = issued.stream()
                    .map(each -> CompletableFuture.runAsync(() -> rotate(site, each)))
                    .toList();
            rotations.forEach(CompletableFuture::join);
            lock.rollback();
        }
    }

    private static void rotate(EndpointsSite site, IssuedToken issued) {
        try {
            site.sessions().rotate(issued.token());
        } catch (LockstepException e) {
            return; // the queue is full, or its deadline passed
        }
    }

    private static void lookUpUnknown(EndpointsSite site, int number) {
        assertThat(site.sessions().find(SessionToken.of(number + "A".repeat(41))))
                .isEmpty();
    }

    private static double seconds(String countdown) {
        return Double.parseDouble(countdown.replaceAll("At most ([0-9.]+) s more.*", "$1"));
    }

    private static EndpointsSite onStoreThatFails() throws Exception {
        SwitchedStore.naive = new NaiveStore(System::currentTimeMillis);
        SwitchedStore.interfaces =
                Set.of(SessionStore.class, RevocationLog.class, SessionSearch.class, KeyRingStore.class);
        return new EndpointsSite(
                        EndpointsSite.with(
                                "lockstep.nodes", "many",
                                "lockstep.cache", "fragile",
                                "lockstep.web.cookie", ConsoleReader.COOKIE),
                        SwitchedStore.class,
                        FragileSessions.class)
                .start();
    }

    /** Fails where the test wants it to. */
    @ApplicationScoped
    @CacheName("fragile")
    public static class FragileSessions extends NaiveCache {

        static volatile boolean broken;

        @Override
        public SessionCopy get(TokenDigest digest) {
            work();
            return super.get(digest);
        }

        @Override
        public void put(SessionCopy copy, Duration timeToLive) {
            work();
            super.put(copy, timeToLive);
        }

        private static void work() {
            if (broken) {
                throw new CacheException("broken on purpose", null);
            }
        }
    }
}
