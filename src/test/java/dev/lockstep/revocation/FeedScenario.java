package dev.lockstep.revocation;

import dev.lockstep.SessionCopy;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.Revoked;
import java.util.List;

/** One node and its store, with clocks and polls moved by hand. */
abstract class FeedScenario {

    final NaiveStore store = new NaiveStore();
    final FaultyLog log = new FaultyLog(store);
    final HandClock clock = new HandClock();
    final TestNode node = new TestNode(log, clock);

    final Revoked revoke(SessionCopy copy) {
        return store.revoke(List.of(new RevocationTarget.OfToken(copy.digest())))
                .get(0);
    }
}
