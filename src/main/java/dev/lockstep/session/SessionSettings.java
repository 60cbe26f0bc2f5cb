package dev.lockstep.session;

import dev.lockstep.SessionCookie;
import dev.lockstep.canary.Canaries;
import dev.lockstep.revocation.RevocationSettings;
import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import dev.lockstep.spi.Values;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How sessions are kept. The defaults are stricter than NIST SP 800-63B-4 asks at AAL2 (24 hours, 1
 * hour).
 *
 * @param absoluteTimeout how long a session lives at most; positive
 * @param idleTimeout how long without use; positive
 * @param awaitLogout whether a revocation returns when no node accepts the token any more, rather
 *     than when it is committed
 * @param cookie in which browsers present tokens; empty where cookies are not looked at
 * @param canary how often the node tries whether revocations are true; empty for never
 * @param tokenPrefix what new tokens begin with, without the {@code _} behind it; empty for nothing
 * @param revocation how the node takes part in the protocol of logouts
 */
public record SessionSettings(
        Duration absoluteTimeout,
        Duration idleTimeout,
        boolean awaitLogout,
        Optional<SessionCookie> cookie,
        Optional<Duration> canary,
        String tokenPrefix,
        RevocationSettings revocation) {

    private static final String AWAIT = "await";

    /** No session of less than a second is of use. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** Ten years: a longer one is a wrong unit. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    static final Setting<Duration> ABSOLUTE_TIMEOUT = Setting.of(
            "session.absolute-timeout",
            Values.duration(SHORTEST, LONGEST),
            "12h",
            "how long a session lives at most (NIST SP 800-63B-4 AAL2: 24 h at most)");

    static final Setting<Duration> IDLE_TIMEOUT = Setting.of(
            "session.idle-timeout",
            Values.duration(SHORTEST, LONGEST),
            "1h",
            "how long it lives without use (AAL2: 1 h at most); at most as long as `lockstep.session.absolute-timeout`");

    static final Setting<String> LOGOUT = Setting.of(
            "logout",
            Values.choice(AWAIT, "async"),
            AWAIT,
            "whether `revoke` returns when the logout is true everywhere, or when it is committed and will be one lease"
                    + " later");

    static final Setting<Optional<Duration>> CANARY = Setting.optional(
                    "canary",
                    Values.duration(Canaries.SHORTEST_PERIOD, Canaries.LONGEST_PERIOD),
                    "how often each node opens a session of its own and revokes it, and checks that it refuses those of all nodes"
                            + " afterwards, such as `PT1M`")
            .whereUnset("never");

    static final Setting<String> TOKEN_PREFIX = Setting.of(
                    "token.prefix",
                    Values.parsed(TokenFormat.PREFIX_IN_WORDS, TokenFormat::prefix),
                    "lks",
                    "what new tokens begin with, so that scanners find them; empty for nothing, as nodes of the release before"
                            + " need it; tokens with other prefixes stay good")
            .orEmpty();

    /** All settings of this part but those of {@link RevocationSettings}. */
    public static final List<Setting<?>> SETTINGS =
            List.of(ABSOLUTE_TIMEOUT, IDLE_TIMEOUT, LOGOUT, CANARY, TOKEN_PREFIX);

    /** With everything else as it is by default. */
    public static SessionSettings of(RevocationSettings revocation) {
        return new SessionSettings(
                ABSOLUTE_TIMEOUT.byDefault(),
                IDLE_TIMEOUT.byDefault(),
                LOGOUT.byDefault().equals(AWAIT),
                Optional.empty(),
                Optional.empty(),
                TOKEN_PREFIX.byDefault(),
                revocation);
    }

    public static SessionSettings read(
            Settings settings, RevocationSettings revocation, Optional<SessionCookie> cookie) {
        Duration absolute = settings.get(ABSOLUTE_TIMEOUT);
        Duration idleByDefault = IDLE_TIMEOUT.byDefault().compareTo(absolute) > 0 ? absolute : IDLE_TIMEOUT.byDefault();
        return new SessionSettings(
                absolute,
                settings.get(IDLE_TIMEOUT.as(Values.duration(SHORTEST, absolute), idleByDefault)),
                settings.get(LOGOUT).equals(AWAIT),
                cookie,
                settings.get(CANARY),
                settings.get(TOKEN_PREFIX),
                revocation);
    }
}
