package dev.lockstep.session;

import static dev.lockstep.schedules.Together.require;

import dev.lockstep.TokenDigest;
import dev.lockstep.schedules.Together;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Two requests with one token, of which neither trusts any copy. */
public final class OneLoad implements Runnable {

    @Override
    public void run() {
        TokenDigest digest = new TokenDigest(1, 2, 3, 4);
        AtomicInteger underWay = new AtomicInteger();
        AtomicBoolean two = new AtomicBoolean();
        SingleFlight flights = new SingleFlight(asked -> {
            if (underWay.incrementAndGet() > 1) {
                two.set(true);
            }
            underWay.decrementAndGet();
            return null;
        });
        Runnable request = () -> flights.load(digest, copy -> false);
        Together.run(request, request);
        require(!two.get(), "two loads of one digest at a time");
    }
}
