package dev.lockstep;

import org.jspecify.annotations.Nullable;

/**
 * A cache's backend failed. Never reaches an application through a {@link SessionManager}, which
 * asks the store.
 */
public class CacheException extends LockstepException {

    private static final long serialVersionUID = 1L;

    public CacheException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
