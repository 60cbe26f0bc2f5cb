package dev.lockstep;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one {@link RevocationTarget}.
 *
 * @param upTo the place in the log that a node must have reached to know of it; null where nothing needs to be known:
 *     the target is in neither session nor log, or the store keeps no log
 * @param revocations all that the log holds of the sessions that the target means, whether this call ended them, an
 *     earlier one did, or a rotation left a digest behind: a node that knows these knows enough
 */
public record Revoked(@Nullable LogPosition upTo, List<Revocation> revocations) {

    public Revoked {
        revocations = List.copyOf(revocations);
    }
}
