package dev.lockstep.config;

import dev.lockstep.config.WebConfig.GroupRule;
import java.util.List;

/** Reads the {@code lockstep.web} part. Confined to one thread. */
final class WebConfigReader {

    private static final String PROTECT = "web.protect";
    private static final String PERMIT = "web.permit";
    private static final String REQUIRE = "web.require";
    private static final String CONFIRM = "web.confirm";
    private static final String REALM = "web.realm";

    private final PrefixedSettings settings;
    private final CheckedSettings checked;

    WebConfigReader(PrefixedSettings settings) {
        this.settings = settings;
        this.checked = new CheckedSettings(settings);
    }

    /** The configuration, or one that protects nothing where a problem was reported, which fails the deployment. */
    WebConfig read() {
        List<PathPattern> protect = checked.each(PROTECT, PathPattern::parse);
        boolean known = checked.areUsable() && settings.isReadable(PROTECT);
        List<PathPattern> permit = checked.each(PERMIT, PathPattern::parse);
        List<GroupRule> require = checked.each(REQUIRE, GroupRule.split(settings.list(REQUIRE)), GroupRule::parse);
        List<PathPattern> confirm = checked.each(CONFIRM, PathPattern::parse);
        String realm = settings.text(REALM).orElse(WebConfig.DEFAULT_REALM);
        checked.attempt(REALM, () -> WebConfig.checkedRealm(realm));
        CorsConfig cors = new CorsConfigReader(settings, checked).read(!known || !protect.isEmpty());
        if (known) {
            checkWithin(protect, PERMIT, permit);
            checkWithin(
                    protect, REQUIRE, require.stream().map(GroupRule::pattern).toList());
            checkWithin(protect, CONFIRM, confirm);
        }
        return checked.areUsable()
                ? new WebConfig(protect, permit, require, confirm, realm, cors)
                : WebConfig.unprotected();
    }

    private void checkWithin(List<PathPattern> protect, String key, List<PathPattern> patterns) {
        checked.each(key, patterns, pattern -> WebConfig.checkedWithin(protect, pattern));
    }
}
