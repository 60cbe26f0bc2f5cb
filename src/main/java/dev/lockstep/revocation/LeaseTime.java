package dev.lockstep.revocation;

import java.time.Duration;

/** Times that are measured on one machine and have passed on another. */
final class LeaseTime {

    private LeaseTime() {}

    /** How long it takes here until a lease of another node is over for certain. */
    static Duration certainlyOver(Duration lease) {
        return longestElsewhere(lease);
    }

    /** A quarter more than by the clock of this machine, since two clocks may be slewed by up to 8 % each. */
    static Duration longestElsewhere(Duration measured) {
        return measured.plus(measured.dividedBy(4));
    }
}
