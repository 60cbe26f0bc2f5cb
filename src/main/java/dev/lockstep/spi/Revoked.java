package dev.lockstep.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one {@link RevocationTarget}.
 *
 * @param upTo the place in the log from which on every copy of what the target selects is void;
 *     null where the log has no such place, since the store knows too little of the target, or
 *     where the store keeps no log. Of a token or an identifier that is the row which ended the
 *     session, whichever call wrote it. Of a principal it is a row that this call has written:
 *     after an earlier one a session may have come and gone without a trace
 * @param revocations what the log says of it: at least all that this call has ended; of a session
 *     also the digests that rotations left behind, of a principal the principal's own row
 * @param complete whether a node that knows these rows knows enough; false where there is more than
 *     can be read: then only having reached {@code upTo} is enough
 * @param more whether the target means sessions that are live still, since one transaction ends
 *     only so many: ask again
 * @param ended how many sessions this call has ended for the target; one that several targets of
 *     the call mean is counted for one of them
 */
public record Revoked(
        @Nullable LogPosition upTo, List<Revocation> revocations, boolean complete, boolean more, int ended) {

    public Revoked {
        revocations = List.copyOf(revocations);
    }

    /** The complete outcome of a call that has ended no session: nothing is left to do. */
    public Revoked(@Nullable LogPosition upTo, List<Revocation> revocations) {
        this(upTo, revocations, true, false);
    }

    /** An outcome of a call that has ended no session. */
    public Revoked(@Nullable LogPosition upTo, List<Revocation> revocations, boolean complete, boolean more) {
        this(upTo, revocations, complete, more, 0);
    }
}
