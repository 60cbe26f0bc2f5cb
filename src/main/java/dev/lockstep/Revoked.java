package dev.lockstep;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one {@link RevocationTarget}.
 *
 * @param upTo the place in the log that a node must have reached to know of it; null where the target is in neither
 *     session nor log, or the store keeps no log
 * @param revocations what the log holds of the sessions that the target means, whether this call ended them, an
 *     earlier one did, or a rotation left a digest behind; at least all that this call has ended
 * @param complete whether that is all of it, so that a node which knows these knows enough; false where it is too much to
 *     be read: then only having reached {@code upTo} is enough
 * @param more whether the target means sessions that are live still, since one transaction ends only so many: ask again
 */
public record Revoked(@Nullable LogPosition upTo, List<Revocation> revocations, boolean complete, boolean more) {

    public Revoked {
        revocations = List.copyOf(revocations);
    }

    /** All that there is, and nothing left to do. */
    public Revoked(@Nullable LogPosition upTo, List<Revocation> revocations) {
        this(upTo, revocations, true, false);
    }
}
