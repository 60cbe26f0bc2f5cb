package dev.lockstep.config;

import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Values;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The {@code lockstep.web} part of the configuration. Immutable.
 *
 * <p>Where {@code permit} and {@code require} both match a path, the more specific pattern decides
 * (an exact one before a prefix, a longer prefix before a shorter one), {@code require} if they are
 * equal: permitting {@code /api/*} does not open {@code /api/admin/*} if that requires a group.
 *
 * @param protect what needs a token; empty if the filter is not wanted
 * @param permit exceptions: passed on with an identity if there is one, and without if not
 * @param require groups needed; <b>every</b> rule that matches must be met, each by one of its
 *     groups
 * @param confirm where the store is asked about each request, whatever a cache holds
 * @param realm what the challenge names; printable ASCII
 * @param cors which scripts of other origins may call what is protected
 */
public record WebConfig(
        List<PathPattern> protect,
        List<PathPattern> permit,
        List<GroupRule> require,
        List<PathPattern> confirm,
        String realm,
        CorsConfig cors) {

    static final Setting<List<String>> PROTECT =
            Setting.of("web.protect", Values.list("patterns: `/*`, `/x/*`, `/x`"), "", "which paths need a token");

    static final Setting<List<String>> PERMIT = Setting.of(
            "web.permit",
            Values.list("patterns within `lockstep.web.protect`"),
            "",
            "exceptions: passed on without an identity where a request has no token");

    static final Setting<List<String>> REQUIRE = Setting.of(
            "web.require",
            Values.list("rules: `/x/*=group`, `/y/*=one,another`"),
            "",
            "which groups are needed: one of each rule that matches");

    static final Setting<List<String>> CONFIRM = Setting.of(
            "web.confirm",
            Values.list("patterns within `lockstep.web.protect`"),
            "",
            "where the store is asked about each request");

    static final Setting<String> REALM =
            Setting.of("web.realm", Values.text("printable ASCII"), "lockstep", "what the challenge names");

    /** All settings of this part but those of CORS. */
    public static final List<Setting<?>> SETTINGS = List.of(PROTECT, PERMIT, REQUIRE, CONFIRM, REALM);

    /**
     * @throws IllegalArgumentException if the realm is not printable ASCII, or a pattern of
     *     {@code permit}, {@code require} or {@code confirm} lies outside {@code protect}, where it
     *     would never be looked at
     */
    public WebConfig {
        protect = List.copyOf(protect);
        permit = List.copyOf(permit);
        require = List.copyOf(require);
        confirm = List.copyOf(confirm);
        checkedRealm(realm);
        permit.forEach(within(protect));
        require.stream().map(GroupRule::pattern).forEach(within(protect));
        confirm.forEach(within(protect));
    }

    /** No filter. */
    public static WebConfig unprotected() {
        return new WebConfig(List.of(), List.of(), List.of(), List.of(), REALM.byDefault(), CorsConfig.none());
    }

    /**
     * The configuration, or one that protects nothing where a problem was reported, which fails the
     * deployment.
     */
    public static WebConfig read(PrefixedSettings settings) {
        CheckedSettings checked = new CheckedSettings(settings);
        List<PathPattern> protect = checked.each(PROTECT, PathPattern::parse);
        boolean known = checked.areUsable() && settings.isReadable(PROTECT);
        List<PathPattern> permit = checked.each(PERMIT, PathPattern::parse);
        List<GroupRule> require = checked.each(REQUIRE, GroupRule.split(settings.get(REQUIRE)), GroupRule::parse);
        List<PathPattern> confirm = checked.each(CONFIRM, PathPattern::parse);
        String realm = settings.get(REALM);
        checked.attempt(REALM, () -> checkedRealm(realm));
        CorsConfig cors = CorsConfig.read(settings, checked, !known || !protect.isEmpty());
        if (known) {
            Function<PathPattern, PathPattern> within = pattern -> checkedWithin(protect, pattern);
            checked.each(PERMIT, permit, within);
            checked.each(REQUIRE, require.stream().map(GroupRule::pattern).toList(), within);
            checked.each(CONFIRM, confirm, within);
        }
        return checked.areUsable() ? new WebConfig(protect, permit, require, confirm, realm, cors) : unprotected();
    }

    /** Names and values as they are configured, without the prefix. */
    @Override
    public String toString() {
        return "protect=" + protect + ", permit=" + permit + ", require=" + require + ", confirm=" + confirm
                + ", cors.origins=" + cors.origins();
    }

    static String checkedRealm(String realm) {
        if (realm.isBlank() || realm.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new UnusableValue(realm.replaceAll("[^ -~]", "?"), "printable ASCII, not blank");
        }
        return realm;
    }

    static PathPattern checkedWithin(List<PathPattern> protect, PathPattern pattern) {
        if (protect.stream().noneMatch(pattern::isWithin)) {
            throw new UnusableValue(
                    pattern.text(),
                    "patterns within lockstep.web.protect, since no other path is looked at; it "
                            + (protect.isEmpty() ? "is not set" : "is " + protect));
        }
        return pattern;
    }

    private static Consumer<PathPattern> within(List<PathPattern> protect) {
        return pattern -> checkedWithin(protect, pattern);
    }
}
