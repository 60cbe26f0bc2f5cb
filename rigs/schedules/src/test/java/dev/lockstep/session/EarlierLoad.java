package dev.lockstep.session;

import static dev.lockstep.schedules.Together.require;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.schedules.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** A session that ends while somebody loads it; whoever comes behind that must not find it. */
public final class EarlierLoad implements Runnable {

    private final TokenDigest digest = new TokenDigest(1, 2, 3, 4);
    private final SessionCopy copy = new SessionCopy(
            digest,
            new Session(
                    "id",
                    "alice",
                    Set.of(),
                    Map.of(),
                    Instant.EPOCH,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    Duration.ofHours(1)),
            0,
            0);

    @Override
    public void run() {
        AtomicBoolean live = new AtomicBoolean(true);
        SingleFlight flights = new SingleFlight(asked -> live.get() ? copy : null);
        Together.run(
                () -> {
                    live.set(false);
                    require(flights.load(digest, any -> false) == null, "found behind its end");
                },
                () -> flights.load(digest, any -> false));
    }
}
