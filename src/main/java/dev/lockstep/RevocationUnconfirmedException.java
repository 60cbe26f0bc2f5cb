package dev.lockstep;

import org.jspecify.annotations.Nullable;

/**
 * It is not known whether a revocation took effect on every node. Revoking again is safe; once that
 * returns, it has.
 */
public class RevocationUnconfirmedException extends LockstepException {

    private static final long serialVersionUID = 1L;

    public RevocationUnconfirmedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
