package dev.lockstep.spi;

import dev.lockstep.TokenDigest;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a store is asked to keep.
 *
 * @param id a new, unguessable identifier, with fewer than forty characters of base64url in a row,
 *     so that nobody takes a token for one ({@link dev.lockstep.SessionToken#mayBeIn})
 * @param digest the digest of the session's token
 * @param principal whom it authenticates; not empty
 * @param groups unmodifiable; may be empty
 * @param attributes unmodifiable; may be empty
 * @param absoluteTimeout how long it may live from now on, by the store's clock; positive
 * @param idleTimeout how long it may live without use; positive
 */
public record NewSession(
        String id,
        TokenDigest digest,
        String principal,
        Set<String> groups,
        Map<String, String> attributes,
        Duration absoluteTimeout,
        Duration idleTimeout) {

    public NewSession {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(principal, "principal");
        groups = Collections.unmodifiableSet(new LinkedHashSet<>(groups));
        groups.forEach(Objects::requireNonNull);
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        attributes.forEach((name, value) -> {
            Objects.requireNonNull(name);
            Objects.requireNonNull(value);
        });
        Objects.requireNonNull(absoluteTimeout, "absoluteTimeout");
        Objects.requireNonNull(idleTimeout, "idleTimeout");
    }
}
