package dev.lockstep.revocation;

import static dev.lockstep.revocation.RevocationSamples.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.revocation.RevocationCommitter.Writes;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationTarget.OfApplication;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.RevocationTarget.OthersOf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of targets that the store does not know, on threads that are moved by hand. */
class AnnouncementsTest {

    private static final LogPosition BEGIN = new LogPosition(1, 0);

    private final NaiveStore store = new NaiveStore();
    private final HandClock clock = new HandClock();
    private final HandScheduler committing = new HandScheduler(clock);
    private final Settlement settlement = new Settlement(
            new CurrentFacts(clock, new RecordedListener(), NodeListener.NONE),
            null,
            null,
            Duration.ofSeconds(1),
            NodeListener.NONE);
    private final FaultyLog faulty = new FaultyLog(store);
    private final RevocationCommitter logouts = new RevocationCommitter(
            Writes.of(store, store),
            settlement,
            new Announcements(faulty, settlement, clock, committing),
            committing,
            clock,
            NodeListener.NONE);

    @Test
    void eachTargetThatTheStoreDoesNotKnowGetsARow() {
        logouts.revoke(new OfToken(digest(1)));
        logouts.revoke(new OfId("session"));
        logouts.revoke(new OfPrincipal("alice"));
        logouts.revoke(new OthersOf("bob", "kept"));
        committing.run();

        assertThat(log())
                .extracting(Revocation::cause)
                .containsExactlyInAnyOrder(
                        Cause.TOKEN_GONE, Cause.SESSION_GONE, Cause.PRINCIPAL_GONE, Cause.PRINCIPAL_GONE);
    }

    @Test
    void theSameTargetGetsOneRowHoweverOftenItIsRevoked() {
        PendingRevocation first = logouts.revoke(new OfToken(digest(1)));
        PendingRevocation atTheSameTime = logouts.revoke(new OfToken(digest(1)));
        committing.run();
        PendingRevocation later = logouts.revoke(new OfToken(digest(1)));
        committing.run();

        assertThat(log()).hasSize(1);
        assertThat(List.of(first, atTheSameTime, later))
                .allSatisfy(logout -> assertThat(logout.settled()).isCompleted());
    }

    @Test
    void nobodyCanFillTheLog() {
        List<PendingRevocation> all = new ArrayList<>();
        for (int second = 0; second < 10; second++) {
            all.addAll(flood(1 + second * 2_000, 2_000));
            committing.advance(Duration.ofSeconds(1));
        }
        committing.advance(Duration.ofSeconds(1));

        assertThat(all).allSatisfy(logout -> assertThat(logout.settled()).isCompleted());
        assertThat(log().stream()
                        .filter(row -> row.cause() == Cause.COPIES_VOID)
                        .count())
                .isBetween(9L, 11L);
        assertThat(log()).hasSizeLessThanOrEqualTo(Announcements.BURST + 10 * Announcements.PER_SECOND + 11);
    }

    /** A user may ask for this as often as a server answers. */
    @Test
    void whoLogsOutOfEverywhereAgainAndAgainFillsNothingAndSlowsDownNobodyElse() {
        List<PendingRevocation> all = new ArrayList<>();
        int seconds = 20;
        for (int second = 0; second < seconds; second++) {
            for (int call = 0; call < 200; call++) {
                all.add(logouts.revoke(new OthersOf("mallory", "kept " + call % 7)));
                all.add(logouts.revoke(new OfPrincipal("mallory")));
                committing.run();
            }
            PendingRevocation another = logouts.revoke(new OfPrincipal("alice " + second));
            committing.run();
            assertThat(another.settled()).as("second " + second).isCompleted();
            committing.advance(Duration.ofSeconds(1));
        }

        assertThat(all).allSatisfy(logout -> assertThat(logout.settled()).isCompleted());
        assertThat(log())
                .hasSizeLessThanOrEqualTo(FrequentPrincipals.MOST + 1 + 2 * seconds)
                .extracting(Revocation::cause)
                .containsOnly(Cause.PRINCIPAL_GONE);
    }

    @Test
    void noRowCountsForALogoutThatCameAfterIt() {
        for (int call = 0; call < FrequentPrincipals.MOST; call++) {
            logouts.revoke(new OfPrincipal("alice"));
            committing.run();
        }
        long before = log().size();
        PendingRevocation first = logouts.revoke(new OfPrincipal("alice"));
        committing.run();
        PendingRevocation second = logouts.revoke(new OfPrincipal("alice"));
        committing.run();

        assertThat(first.settled()).isCompleted();
        assertThat(log()).hasSize((int) before + 1);
        assertThat(second.settled()).isNotDone();
        committing.advance(Duration.ofSeconds(1));
        assertThat(second.settled()).isCompleted();
        assertThat(log()).hasSize((int) before + 2);
    }

    @Test
    void whatIsAskedForOftenFailsByItselfToo() {
        for (int call = 0; call <= FrequentPrincipals.MOST; call++) {
            logouts.revoke(new OfPrincipal("alice"));
            committing.run();
        }
        faulty.refusesToAnnounce = new IllegalArgumentException("refused in a test");
        PendingRevocation logout = logouts.revoke(new OfPrincipal("alice"));
        committing.advance(Duration.ofSeconds(1));
        assertThat(logout.settled()).isCompletedExceptionally();

        faulty.refusesToAnnounce = null;
        committing.advance(FrequentPrincipals.PERIOD);
        PendingRevocation later = logouts.revoke(new OfPrincipal("alice"));
        committing.run();
        assertThat(later.settled()).isCompleted();
    }

    @Test
    void afterAFloodEachGetsItsRowAgain() {
        flood(1, 2_000);
        committing.run();
        committing.advance(Duration.ofSeconds(1));

        logouts.revoke(new OfId("session"));
        committing.run();

        assertThat(log()).last().extracting(Revocation::sessionId).isEqualTo("session");
    }

    @Test
    void whatCannotBeAnnouncedFails() {
        for (RuntimeException refusal : List.of(
                new StoreUnavailableException("LOCKSTEP-0000 down for a test", null),
                new IllegalArgumentException("refused in a test"))) {
            faulty.refusesToAnnounce = refusal;
            PendingRevocation logout = logouts.revoke(new OfPrincipal("alice"));

            committing.run();

            assertThat(logout.settled()).as(refusal.toString()).isCompletedExceptionally();
        }
    }

    @Test
    void whatOneHistoryDidNotKnowIsNotAnnouncedInAnotherWhereItMayLive() {
        SessionCopy copy = RevocationSamples.open(store, 1);
        NaiveStore.Backup backup = store.backup();
        store.vanish(copy.digest());
        faulty.beforeAnnouncing = () -> restore(backup);

        PendingRevocation logout = logouts.revoke(new OfToken(copy.digest()));
        committing.run();
        PendingRevocation again = logouts.revoke(new OfToken(copy.digest()));
        committing.run();

        assertThat(List.of(logout.settled(), logout.committed())).allSatisfy(AnnouncementsTest::assertHistoryChanged);
        assertThat(again.settled()).isCompleted();
        assertThat(store.find(copy.digest())).isNull();
    }

    @Test
    void whatVanishedInOneHistoryIsNotCoveredByWhatWasSaidInAnother() {
        RevocationSamples.open(store, 1);
        NaiveStore.Backup backup = store.backup();

        PendingRevocation everything = logouts.revoke(new OfApplication());
        committing.runOne();
        restore(backup);
        committing.run();

        assertHistoryChanged(everything.settled());
    }

    @Test
    void theEndOfAllSessionsVoidsAllCopiesFirst() {
        RevocationSamples.open(store, 1);
        RevocationSamples.open(store, 2);

        PendingRevocation everything = logouts.revoke(new OfApplication());
        committing.run();

        assertThat(everything.settled()).isCompleted();
        assertThat(log())
                .extracting(Revocation::cause)
                .containsExactly(Cause.COPIES_VOID, Cause.REVOKED, Cause.REVOKED);
        assertThat(store.list("alice")).isEmpty();
    }

    @Test
    void whatIsNotAnnouncedYetFailsWhenTheNodeEnds() {
        flood(1, 2_000);
        committing.run();
        List<PendingRevocation> waitingForTheNextSecond = flood(5_000, 300);
        committing.run();
        PendingRevocation committedAlone = logouts.revoke(new OfId("session"));
        committing.runOne();

        logouts.close();

        assertThat(waitingForTheNextSecond)
                .allSatisfy(logout -> assertThat(logout.settled()).isCompletedExceptionally());
        assertThat(committedAlone.settled()).isCompletedExceptionally();
        assertThat(flood(9_000, 1))
                .allSatisfy(logout -> assertThat(logout.settled()).isCompletedExceptionally());
    }

    /** As many as one transaction writes. */
    @Test
    void thoseWhoHadToWaitGetARowEachUnlessTheyAreTooMany() {
        for (int call = 0; call < FrequentPrincipals.MOST; call++) {
            revokeAll(257);
            committing.run();
            committing.advance(Duration.ofSeconds(3));
        }
        store.trim(store.nodes().head());

        revokeAll(256);
        committing.run();
        assertThat(log()).hasSize(256).extracting(Revocation::cause).containsOnly(Cause.PRINCIPAL_GONE);

        revokeAll(257);
        committing.advance(Duration.ofSeconds(1));
        assertThat(log()).hasSize(257).last().extracting(Revocation::cause).isEqualTo(Cause.COPIES_VOID);
    }

    private void revokeAll(int principals) {
        IntStream.range(0, principals).forEach(number -> logouts.revoke(new OfPrincipal("principal " + number)));
    }

    @Test
    void aRowForAllThatIsRefusedFailsAllOfThemAndIsTriedOnce() {
        flood(1, 1_000);
        committing.run();
        List<PendingRevocation> beyond = flood(5_000, 200);
        int[] tried = {0};
        faulty.beforeAnnouncing = () -> tried[0]++;
        faulty.refusesToAnnounce = new IllegalArgumentException("refused in a test");

        committing.run();

        assertThat(beyond).allSatisfy(logout -> assertThat(logout.settled()).isCompletedExceptionally());
        assertThat(tried[0]).isOne();
    }

    @Test
    void aRowForAllIsLoggedOnceAMinute() {
        try (CapturedLog log = new CapturedLog(Announcements.class.getName())) {
            for (int second = 0; second < 10; second++) {
                flood(1 + second * 2_000, 2_000);
                committing.advance(Duration.ofSeconds(1));
            }

            assertThat(log.messages()).singleElement().asString().startsWith("LOCKSTEP-0217 ");
        }
    }

    private void restore(NaiveStore.Backup backup) {
        store.restore(backup);
        store.startEpoch(store.nodes().head());
    }

    private static void assertHistoryChanged(CompletableFuture<?> stage) {
        assertThat(stage)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .withMessageContaining("LOCKSTEP-0216");
    }

    private List<PendingRevocation> flood(int from, int number) {
        return IntStream.range(from, from + number)
                .mapToObj(i -> logouts.revoke(new OfToken(digest(i))))
                .toList();
    }

    private List<Revocation> log() {
        return store.poll("", BEGIN, 10_000).rows();
    }
}
