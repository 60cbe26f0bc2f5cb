package dev.lockstep.sim.world;

/** How much has happened. */
public final class Counts {

    long validations;
    long hits;
    long accepted;
    long revocations;
    long unconfirmed;
    long opened;
    long rotations;
    long faults;
    long steps;
    long virtualNanos;

    public void add(Counts other) {
        validations += other.validations;
        hits += other.hits;
        accepted += other.accepted;
        revocations += other.revocations;
        unconfirmed += other.unconfirmed;
        opened += other.opened;
        rotations += other.rotations;
        faults += other.faults;
        steps += other.steps;
        virtualNanos += other.virtualNanos;
    }

    public long validations() {
        return validations;
    }

    public long steps() {
        return steps;
    }

    @Override
    public String toString() {
        return String.format(
                "%,d validations, %,d of them hits, %,d sessions, %,d revocations and %,d unconfirmed, %,d rotations,"
                        + " %,d faults, %,d steps, %.2f days",
                validations, hits, opened, revocations, unconfirmed, rotations, faults, steps, virtualNanos / 86_400e9);
    }
}
