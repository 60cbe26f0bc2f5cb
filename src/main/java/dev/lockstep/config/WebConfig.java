package dev.lockstep.config;

import dev.lockstep.SessionCookie;
import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import dev.lockstep.spi.Values;
import dev.lockstep.web.path.PathPattern;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The {@code lockstep.web} part of the configuration. Immutable.
 *
 * <p>Where {@code permit} and {@code require} both match a path, the more specific pattern decides
 * (an exact one before a prefix, a longer prefix before a shorter one), {@code require} if they are
 * equal: permitting {@code /api/*} does not open {@code /api/admin/*} if that requires a group.
 *
 * @param security who asks for the caller
 * @param protect what needs a token; empty if the filter is not wanted
 * @param permit exceptions: passed on with an identity if there is one, and without if not
 * @param require groups needed; <b>every</b> rule that matches must be met, each by one of its
 *     groups
 * @param confirm where the store is asked about each request, whatever a cache holds
 * @param realm what the challenge names; printable ASCII
 * @param cookie in which browsers may present a token; empty if cookies are not looked at
 * @param cors which scripts of other origins may call what is protected
 * @param endpoints Lockstep's own servlet
 */
public record WebConfig(
        Security security,
        List<PathPattern> protect,
        List<PathPattern> permit,
        List<GroupRule> require,
        List<PathPattern> confirm,
        String realm,
        Optional<SessionCookie> cookie,
        CorsConfig cors,
        EndpointsConfig endpoints) {

    private static final Values<List<PathPattern>> PATTERNS = Values.list(PathPattern.ACCEPTED, PathPattern::parse);
    private static final Values<List<PathPattern>> PROTECTED_PATTERNS =
            PATTERNS.inTables("patterns within `lockstep.web.protect`");

    static final Setting<Security> SECURITY = Setting.of(
            "security",
            Values.choice(Security.class),
            "filter",
            "who asks for the caller: the filter, or the container, which knows name and groups then");

    static final Setting<List<PathPattern>> PROTECT = Setting.of(
            "web.protect", PATTERNS.inTables("patterns: `/*`, `/x/*`, `/x`"), "", "which paths need a token");

    static final Setting<List<PathPattern>> PERMIT = Setting.of(
            "web.permit",
            PROTECTED_PATTERNS,
            "",
            "exceptions: passed on without an identity where a request has no token");

    static final Setting<List<GroupRule>> REQUIRE = Setting.of(
            "web.require",
            Values.list(GroupRule.ACCEPTED, GroupRule::join, GroupRule::parse)
                    .inTables("rules: `/x/*=group`, `/y/*=one,another`"),
            "",
            "which groups are needed: one of each rule that matches");

    static final Setting<List<PathPattern>> CONFIRM =
            Setting.of("web.confirm", PROTECTED_PATTERNS, "", "where the store is asked about each request");

    static final Setting<String> REALM =
            Setting.of("web.realm", Values.text("printable ASCII"), "lockstep", "what the challenge names");

    /** All settings of this part but those of cookies, of CORS and of the endpoints. */
    public static final List<Setting<?>> SETTINGS = List.of(SECURITY, PROTECT, PERMIT, REQUIRE, CONFIRM, REALM);

    /** The configuration; a problem that was reported fails the deployment. */
    public static WebConfig read(PrefixedSettings settings) {
        List<PathPattern> protect = settings.get(PROTECT);
        boolean unprotected = protect.isEmpty() && settings.isUsable(PROTECT);
        Optional<SessionCookie> cookie = CookieConfig.read(settings);
        WebConfig config = new WebConfig(
                settings.get(SECURITY),
                protect,
                settings.get(PERMIT),
                settings.get(REQUIRE),
                settings.get(CONFIRM),
                realm(settings),
                cookie,
                CorsConfig.read(settings, !unprotected, cookie.isPresent()),
                EndpointsConfig.read(settings));
        if (settings.isUsable(PROTECT)) {
            config.checkThatItMatters(settings);
        }
        return config;
    }

    /** Whether requests have to pass Lockstep's filter. */
    public boolean needsFilter() {
        return security == Security.CONTAINER || !protect.isEmpty();
    }

    /** Whether anything of Lockstep's has to be registered with the server. */
    public boolean isServed() {
        return needsFilter() || endpoints.path().isPresent();
    }

    /** Names and values as they are configured, without the prefix. */
    @Override
    public String toString() {
        return "security=" + security.name().toLowerCase(Locale.ROOT) + ", protect=" + protect + ", permit=" + permit
                + ", require=" + require + ", confirm=" + confirm + cookieText() + ", cors.origins=" + cors.origins();
    }

    private String cookieText() {
        return cookie.map(each -> ", cookie=" + each.name()).orElse("");
    }

    private static String realm(Settings settings) {
        String realm = settings.get(REALM);
        String printable = realm.replaceAll("[^ -~]", "?");
        if (!printable.equals(realm)) {
            settings.problem(REALM, printable, "printable ASCII, not blank");
        }
        return printable;
    }

    private void checkThatItMatters(Settings settings) {
        List<PathPattern> closed =
                Stream.concat(protect.stream(), endpoints.path().stream()).toList();
        checkWithin(protect, settings, PERMIT, permit);
        checkWithin(
                closed,
                settings,
                REQUIRE,
                require.stream().map(GroupRule::pattern).toList());
        checkWithin(closed, settings, CONFIRM, confirm);
    }

    /** A pattern that is never used is reported, since somebody relies on it. */
    private void checkWithin(
            List<PathPattern> closed, Settings settings, Setting<?> setting, List<PathPattern> patterns) {
        for (PathPattern pattern : patterns) {
            if (closed.stream().noneMatch(pattern::isWithin)) {
                settings.problem(
                        setting,
                        pattern.text(),
                        "patterns within lockstep.web.protect, since no other path is looked at; it "
                                + (protect.isEmpty() ? "is not set" : "is " + protect));
            }
        }
    }
}
