package dev.lockstep.canary;

import java.time.Duration;

/**
 * When canaries end, and when nodes look. All canaries of a period end at the same moment, a
 * multiple of the period by the store's clock, so that one look is enough for all of them.
 *
 * <p>A node looks a moment after that, and then each time after twice as long: so a session that
 * some node accepts after its revocation, for about as long as that took, is caught, however long
 * it was. And it looks at each quarter of the period, so that it knows each canary before its end.
 * A period of a minute has 15 looks, one of an hour 21; each is one read of the store, or two.
 */
final class CanaryTimes {

    private static final long FIRST_LOOK_MILLIS = 50;
    private static final int QUARTERS = 4;

    private CanaryTimes() {}

    /** When a canary ends that is opened now: late enough for everybody to have seen it. */
    static long end(long now, Duration period) {
        long next = begin(now, period) + period.toMillis();
        return next - now < quarter(period) ? next + period.toMillis() : next;
    }

    /** How long it is until the next look. */
    static Duration untilNextLook(long now, Duration period) {
        long since = now - begin(now, period);
        long look = FIRST_LOOK_MILLIS;
        while (look <= since) {
            look *= 2;
        }
        long quarter = (since / quarter(period) + 1) * quarter(period);
        return Duration.ofMillis(Math.min(look, quarter) - since);
    }

    private static long begin(long now, Duration period) {
        return now - Math.floorMod(now, period.toMillis());
    }

    private static long quarter(Duration period) {
        return period.toMillis() / QUARTERS;
    }
}
