package dev.lockstep.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.StoreUnavailableException;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.HandClock;
import dev.lockstep.revocation.RevocationCommitter.Writes;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.RevocationLog.NodeRows;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.Rotated;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * How logouts are committed, group by group, on a thread that is moved by hand; nobody needs to be
 * waited for.
 */
class RevocationCommitterTest {

    private final HandClock clock = new HandClock();
    private final HandScheduler committing = new HandScheduler(clock);
    private final RecordedWrites writes = new RecordedWrites();
    private final RevocationCommitter logouts = new RevocationCommitter(
            writes,
            new Settlement(
                    new CurrentFacts(clock, new RecordedListener(), NodeListener.NONE),
                    null,
                    null,
                    Duration.ofSeconds(1),
                    NodeListener.NONE),
            null,
            committing,
            clock,
            NodeListener.NONE);

    @Test
    void whatComesTogetherIsCommittedTogether() {
        List<PendingRevocation> all =
                IntStream.range(0, 300).mapToObj(this::revoke).toList();

        committing.run();

        assertThat(all).allSatisfy(logout -> assertThat(logout.settled()).isCompleted());
        assertThat(writes.groups).extracting(List::size).containsExactly(256, 44);
    }

    @Test
    void aLogoutFailsAlone() {
        List<PendingRevocation> all =
                IntStream.range(0, 20).mapToObj(this::revoke).toList();
        writes.refusal = target -> target.equals(id(13)) ? new IllegalStateException("refused in a test") : null;

        committing.run();

        assertThat(all.get(13).settled()).isCompletedExceptionally();
        assertThat(all.get(13).committed()).isCompletedExceptionally();
        all.stream()
                .filter(logout -> logout != all.get(13))
                .forEach(logout -> assertThat(logout.settled()).isCompleted());
    }

    @Test
    void aLogoutFailsAloneWithAnErrorToo() {
        PendingRevocation first = revoke(1);
        PendingRevocation second = revoke(2);
        writes.refusal = target -> target.equals(id(1)) ? new OutOfMemoryError("a failure of a test") : null;

        committing.run();

        assertThat(first.settled()).isCompletedExceptionally();
        assertThat(second.settled()).isCompleted();
    }

    @Test
    void noExceptionOfAStoreMeansThatNothingIsLeftToBeDone() {
        PendingRevocation first = revoke(1);
        PendingRevocation second = revoke(2);
        writes.refusal = target -> target.equals(id(1)) ? new NumberFormatException("refused in a test") : null;

        committing.run();

        assertThat(first.settled()).isCompletedExceptionally();
        assertThat(first.committed()).isCompletedExceptionally();
        assertThat(second.settled()).isCompleted();
    }

    @Test
    void aStoreThatIsAwayIsAskedOnceForAGroup() {
        PendingRevocation first = revoke(1);
        PendingRevocation second = revoke(2);
        writes.refusal = target -> new StoreUnavailableException("LOCKSTEP-0000 down for a test", null);

        committing.run();

        assertThat(first.settled()).isCompletedExceptionally();
        assertThat(second.settled()).isCompletedExceptionally();
        assertThat(writes.groups).hasSize(1);
    }

    @Test
    void aLargeTargetIsEndedInPartsBetweenWhichOthersHaveTheirTurn() {
        writes.parts = 3;
        PendingRevocation large = logouts.revoke(new OfPrincipal("alice"));
        writes.whileCommitting = () -> revoke(1);

        committing.run();

        assertThat(large.settled()).isCompleted();
        assertThat(writes.groups)
                .containsExactly(
                        List.of(new OfPrincipal("alice")),
                        List.of(id(1), new OfPrincipal("alice")),
                        List.of(new OfPrincipal("alice")));
    }

    @Test
    void aLargeTargetThatCannotBeEndedToTheLastFailsAndGoesOnWhenItIsRepeated() {
        writes.parts = 3;
        PendingRevocation large = logouts.revoke(new OfPrincipal("alice"));
        writes.whileCommitting =
                () -> writes.refusal = target -> new StoreUnavailableException("LOCKSTEP-0000 down for a test", null);
        committing.run();
        assertThat(large.committed()).isCompletedExceptionally();
        assertThat(large.settled()).isCompletedExceptionally();

        writes.refusal = target -> null;
        PendingRevocation again = logouts.revoke(new OfPrincipal("alice"));
        committing.run();

        assertThat(again.settled()).isCompleted();
        assertThat(writes.parts).isZero();
    }

    @Test
    void aLargeTargetWhosePartsAreOfTwoHistoriesFailsAtOnce() {
        writes.parts = 3;
        PendingRevocation large = logouts.revoke(new OfPrincipal("alice"));
        writes.epoch = () -> writes.groups.size();

        committing.run();

        assertThat(List.of(large.committed(), large.settled()))
                .allSatisfy(stage -> assertThat(stage)
                        .failsWithin(Duration.ZERO)
                        .withThrowableOfType(ExecutionException.class)
                        .havingCause()
                        .withMessageContaining("LOCKSTEP-0216"));
        assertThat(writes.groups).hasSize(2);
    }

    @Test
    void whatIsQueuedFailsWhenTheNodeEnds() {
        PendingRevocation queued = revoke(1);

        logouts.close();
        PendingRevocation late = revoke(2);

        assertThat(queued.committed()).isCompletedExceptionally();
        assertThat(late.committed()).isCompletedExceptionally();
    }

    private PendingRevocation revoke(int number) {
        return logouts.revoke(id(number));
    }

    private static RevocationTarget id(int number) {
        return new OfId("session-" + number);
    }

    /** Commits everything but what is refused; principals in parts. */
    private static final class RecordedWrites implements Writes {

        final List<List<RevocationTarget>> groups = new ArrayList<>();
        Function<RevocationTarget, @Nullable Throwable> refusal = target -> null;
        Runnable whileCommitting = () -> {};
        LongSupplier epoch = () -> 1;
        int parts;

        @Override
        public Committed<List<Revoked>> revoke(List<RevocationTarget> targets) {
            groups.add(targets);
            targets.forEach(this::refuse);
            Runnable now = whileCommitting;
            whileCommitting = () -> {};
            now.run();
            return new Committed<>(targets.stream().map(this::end).toList(), new NodeRows(head(), List.of()));
        }

        private void refuse(RevocationTarget target) {
            Throwable refused = refusal.apply(target);
            if (refused instanceof RuntimeException e) {
                throw e;
            }
            if (refused instanceof Error e) {
                throw e;
            }
        }

        private Revoked end(RevocationTarget target) {
            boolean more = target instanceof OfPrincipal && --parts > 0;
            return new Revoked(head(), List.of(), true, more);
        }

        private LogPosition head() {
            return new LogPosition(epoch.getAsLong(), 1);
        }

        @Override
        public @Nullable Committed<Rotated> rotate(TokenDigest current, TokenDigest next) {
            throw new UnsupportedOperationException();
        }
    }
}
