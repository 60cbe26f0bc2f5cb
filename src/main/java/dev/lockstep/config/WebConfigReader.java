package dev.lockstep.config;

import dev.lockstep.config.WebConfig.GroupRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads the {@code lockstep.web} part. Every element of a list that cannot be used is reported by itself, under the key
 * that holds it. Confined to one thread.
 */
final class WebConfigReader {

    private static final String PROTECT = "web.protect";
    private static final String PERMIT = "web.permit";
    private static final String REQUIRE = "web.require";
    private static final String CONFIRM = "web.confirm";
    private static final String REALM = "web.realm";

    private final PrefixedSettings settings;
    private boolean usable = true;

    WebConfigReader(PrefixedSettings settings) {
        this.settings = settings;
    }

    /** The configuration, or one that protects nothing where a problem was reported, which fails the deployment. */
    WebConfig read() {
        List<PathPattern> protect = patterns(PROTECT);
        boolean known = usable;
        List<PathPattern> permit = patterns(PERMIT);
        List<GroupRule> require = each(REQUIRE, GroupRule.split(settings.list(REQUIRE)), GroupRule::parse);
        List<PathPattern> confirm = patterns(CONFIRM);
        String realm = settings.text(REALM).orElse(WebConfig.DEFAULT_REALM);
        attempt(REALM, () -> WebConfig.checkedRealm(realm));
        if (known) {
            checkWithin(protect, PERMIT, permit);
            checkWithin(
                    protect, REQUIRE, require.stream().map(GroupRule::pattern).toList());
            checkWithin(protect, CONFIRM, confirm);
        }
        return usable ? new WebConfig(protect, permit, require, confirm, realm) : WebConfig.unprotected();
    }

    private List<PathPattern> patterns(String key) {
        return each(key, settings.list(key), PathPattern::parse);
    }

    private void checkWithin(List<PathPattern> protect, String key, List<PathPattern> patterns) {
        each(key, patterns, pattern -> WebConfig.checkedWithin(protect, pattern));
    }

    private <T, R> List<R> each(String key, List<T> elements, Function<T, R> reading) {
        List<R> read = new ArrayList<>();
        elements.forEach(element -> attempt(key, () -> reading.apply(element)).ifPresent(read::add));
        return read;
    }

    private <R> Optional<R> attempt(String key, Supplier<R> reading) {
        try {
            return Optional.of(reading.get());
        } catch (UnusableValue e) {
            usable = false;
            settings.problem(key, e.found(), e.accepted());
            return Optional.empty();
        }
    }
}
