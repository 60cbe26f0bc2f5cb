package dev.lockstep;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one {@link RevocationTarget}.
 *
 * @param upTo the place in the log that a node must have reached to know of it, also if an earlier call had ended the
 *     sessions; null where nothing needs to be known: the target is in neither session nor log, or the store keeps no
 *     log
 * @param revocations what this call ended; empty if there was nothing left to end
 */
public record Revoked(@Nullable LogPosition upTo, List<Revocation> revocations) {

    public Revoked {
        revocations = List.copyOf(revocations);
    }
}
