package dev.lockstep.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.contract.HandClock;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Lookup.Refusal;
import dev.lockstep.spi.TimedCache.TimedCopy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What facts say of copies and of the store's clock. */
class FactsTest {

    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final long SINCE = 1_000_000;
    private static final long STORE_MILLIS = 1_800_000_000_000L;

    private final HandClock clock = new HandClock();
    private final Facts facts = new Facts("node", new LogPosition(1, SINCE), FactsLimits.DEFAULT, clock);

    private void lease() {
        facts.grant(Lease.Start.now(clock), LEASE, STORE_MILLIS);
    }

    @Test
    void aCopyIsLiveUntilItsSessionMayBeOverByTheStoresClock() {
        lease();

        assertThat(facts.judge(copy(SINCE, STORE_MILLIS + 2))).isEqualTo(Verdict.LIVE);
        assertThat(facts.judge(copy(SINCE, STORE_MILLIS + 1))).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void oneThatIsPastItsTimeToLiveIsNot() {
        lease();

        assertThat(facts.judge(kept(SINCE, false))).isEqualTo(Verdict.LIVE);
        assertThat(facts.judge(kept(SINCE, true))).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void peopleAreToldWhyACopyIsNotUsed() {
        assertThat(facts.refusal(kept(SINCE, false))).isEqualTo(Refusal.NO_LEASE);
        lease();
        assertThat(facts.refusal(kept(SINCE, true))).isEqualTo(Refusal.EXPIRED);
        assertThat(facts.refusal(kept(SINCE - 1, false))).isEqualTo(Refusal.TOO_OLD);
        facts.apply(List.of(RevocationSamples.revocation(SINCE + 1, 1)));
        assertThat(facts.refusal(kept(SINCE, false))).isEqualTo(Refusal.REVOKED);
    }

    /** However long the log is. */
    @Test
    void whatLiesALittleBeyondTheLogCanBeHeld() {
        assertThat(facts.canHold(List.of(RevocationSamples.revocation(SINCE + 1, 1))))
                .isTrue();
        assertThat(facts.canHold(List.of(RevocationSamples.revocation(SINCE + 100_001, 1))))
                .isFalse();
    }

    @Test
    void theStoresClockIsThisMachinesUntilAPollHasReadIt() {
        assertThat(facts.storeMillis()).isEqualTo(clock.wallMillis());
        assertThat(facts.storeMillisRead()).isEmpty();

        lease();
        clock.advance(Duration.ofMillis(500));

        assertThat(facts.storeMillis()).isEqualTo(STORE_MILLIS + 501);
        assertThat(facts.storeMillisRead()).hasValue(STORE_MILLIS);
        assertThat(facts.storeMillisAtMost()).isEqualTo(STORE_MILLIS + LEASE.toMillis() + 1);
    }

    @Test
    void factsOfANodeThatIsNotRegisteredNeverGetALease() {
        Facts none = Facts.none(clock);

        none.grant(Lease.Start.now(clock), LEASE, STORE_MILLIS);

        assertThat(none.hasEnded()).isTrue();
        assertThat(none.isLeased()).isFalse();
    }

    private static SessionCopy copy(long position, long validUntil) {
        Instant end = Instant.ofEpochMilli(validUntil);
        Instant opened = end.minus(Duration.ofHours(1));
        Session session =
                new Session("session-1", "alice", Set.of(), Map.of(), opened, opened, end, Duration.ofDays(1));
        return new SessionCopy(RevocationSamples.digest(1), session, 1, position);
    }

    private static TimedCopy kept(long position, boolean expired) {
        SessionCopy copy = copy(position, STORE_MILLIS + 60_000);
        return new TimedCopy() {
            @Override
            public SessionCopy copy() {
                return copy;
            }

            @Override
            public boolean hasExpired(long nanos, long wallMillis) {
                return expired;
            }
        };
    }
}
