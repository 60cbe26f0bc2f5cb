package dev.lockstep.config;

import java.time.Duration;

/**
 * The {@code lockstep.session} part. The defaults are stricter than NIST SP 800-63B-4 asks at AAL2 (24 hours, 1 hour).
 *
 * @param absoluteTimeout how long a session lives at most
 * @param idleTimeout how long without use; not longer than the absolute timeout
 */
public record SessionConfig(Duration absoluteTimeout, Duration idleTimeout) {

    static SessionConfig read(PrefixedSettings settings) {
        Duration absolute = settings.duration(
                "session.absolute-timeout", Duration.ofHours(12), Duration.ofSeconds(1), Duration.ofDays(3650));
        Duration idleDefault = absolute.compareTo(Duration.ofHours(1)) < 0 ? absolute : Duration.ofHours(1);
        Duration idle = settings.duration("session.idle-timeout", idleDefault, Duration.ofSeconds(1), absolute);
        return new SessionConfig(absolute, idle);
    }
}
