package dev.lockstep.cache.infinispan;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Something that no node of ours sends. The message says what, and nothing that the sender wrote.
 */
final class RefusedMessageException extends IOException {

    private static final long serialVersionUID = 1L;

    RefusedMessageException(String what) {
        this(what, null);
    }

    RefusedMessageException(String what, @Nullable Throwable cause) {
        super(what, cause);
    }
}
