package dev.lockstep.revocation;

import java.time.Duration;

/** How long it takes until a lease of another node is over for certain. */
final class LeaseTime {

    private LeaseTime() {}

    /** A quarter more than the lease itself, since the clocks of two nodes may be slewed by up to 8 % each. */
    static Duration certainlyOver(Duration lease) {
        return lease.plus(lease.dividedBy(4));
    }
}
