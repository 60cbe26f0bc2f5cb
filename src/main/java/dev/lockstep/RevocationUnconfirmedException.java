package dev.lockstep;

import org.jspecify.annotations.Nullable;

/**
 * A revocation may have happened or not, or some node may not know of it yet. Revoking again is safe, and settles it
 * when it returns.
 */
public class RevocationUnconfirmedException extends LockstepException {

    private static final long serialVersionUID = 1L;

    public RevocationUnconfirmedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
