package dev.lockstep.config;

import dev.lockstep.SessionCookie;
import dev.lockstep.SessionCookie.SameSite;
import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import dev.lockstep.spi.Values;
import java.util.List;
import java.util.Optional;

/** Reads the {@code lockstep.web.cookie} part: whether browsers may present a token in a cookie. */
public final class CookieConfig {

    static final Setting<Optional<String>> COOKIE = Setting.optional(
            "web.cookie",
            Values.parsed("a name that begins with __Host-, such as __Host-session", CookieConfig::name)
                    .inTables("a name that begins with `__Host-`"),
            "the cookie in which browsers may present a token; without it cookies are not looked at");

    static final Setting<SameSite> SAME_SITE = Setting.of(
            "web.cookie-same-site",
            Values.choice(SameSite.class),
            "lax",
            "which requests that begin on another site carry the cookie: those by a link, or none");

    /** All settings of this part. */
    public static final List<Setting<?>> SETTINGS = List.of(COOKIE, SAME_SITE);

    private CookieConfig() {}

    /** Empty where cookies are not looked at; a problem that was reported fails the deployment. */
    static Optional<SessionCookie> read(Settings settings) {
        SameSite sameSite = settings.get(SAME_SITE);
        if (settings.written(COOKIE).isEmpty()) {
            settings.refuse(SAME_SITE, "nothing unless lockstep.web.cookie is set as well");
        }
        return settings.get(COOKIE).map(name -> new SessionCookie(name, sameSite));
    }

    private static String name(String text) {
        return new SessionCookie(text, SameSite.LAX).name();
    }
}
