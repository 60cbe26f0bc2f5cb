package dev.lockstep.store.jdbc;

import dev.lockstep.LogPosition;
import dev.lockstep.Revocation;
import dev.lockstep.Revoked;
import java.util.List;

/** Tells what became of a target, from all that the log holds of the sessions that it means. */
final class Outcomes {

    private Outcomes() {}

    /** @param logged in any order, and each as often as it was read */
    static Revoked of(long epoch, List<Revocation> logged) {
        return logged.stream().mapToLong(Revocation::position).max().stream()
                .mapToObj(newest -> new Revoked(new LogPosition(epoch, newest), logged))
                .findFirst()
                .orElseGet(() -> new Revoked(null, List.of()));
    }
}
