package dev.lockstep;

import org.jspecify.annotations.Nullable;

/** What Lockstep throws. Messages never hold a token. */
public class LockstepException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LockstepException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
