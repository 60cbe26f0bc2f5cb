package dev.lockstep;

import org.jspecify.annotations.Nullable;

/** The store did not answer in time, or answered with an error. Trying again later may help. */
public class StoreUnavailableException extends LockstepException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
