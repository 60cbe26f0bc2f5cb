package dev.lockstep.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeClock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of a lease that another thread withdraws while it is told. */
class LeaseToldTest {

    private static final Duration LEASE = Duration.ofSeconds(2);

    private final InterruptedClock clock = new InterruptedClock();
    private final RecordedNodeEvents told = new RecordedNodeEvents();
    private final CurrentFacts current = new CurrentFacts(clock, new RecordedListener(), told.listener());

    @BeforeEach
    void lease() {
        current.install(new Facts("node", new LogPosition(1, 0), FactsLimits.DEFAULT, clock));
        current.get().grant(Lease.Start.now(clock), LEASE, 1);
        current.granted(LEASE);
        told.take();
    }

    @Test
    void oneThatWasWithdrawnBeforeIsNotTold() {
        current.end(current.get());
        current.granted(LEASE);

        assertThat(told.take()).containsExactly("leaseLost WITHDRAWN");
    }

    @Test
    void oneThatIsWithdrawnMeanwhileIsLostInTheEnd() {
        clock.once = () -> current.end(current.get());

        current.granted(LEASE);

        assertThat(told.take()).containsExactly("leaseLost WITHDRAWN", "leaseGranted", "leaseLost WITHDRAWN");
    }

    /** Another thread does something when it is read, once; stands still otherwise. */
    private static final class InterruptedClock implements NodeClock {

        private Runnable once = () -> {};

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public long wallMillis() {
            Runnable now = once;
            once = () -> {};
            now.run();
            return 0;
        }
    }
}
