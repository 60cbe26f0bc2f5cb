package dev.lockstep.web.probe;

import java.util.HashMap;
import java.util.Map;

/** The configuration under which the probe is deployed. */
public final class ProbeConfig {

    private static final Map<String, String> WITHOUT_COOKIE = Map.of(
            "lockstep.web.protect", "/api/*,/exact,/rest/secret/*,/pages/*",
            "lockstep.web.permit", "/api/public/*,/api/login,/rest/secret/public/*",
            "lockstep.web.require", "/api/admin/*=admin,/api/staff/*=user,admin,/rest/secret/admin/*=admin",
            "lockstep.web.confirm", "/api/confirmed/*",
            "lockstep.store.timeout", "PT1S",
            "lockstep.web.realm", "the \"shop\"");

    public static final Map<String, String> CONFIG =
            with(WITHOUT_COOKIE, Map.of("lockstep.web.cookie", CookieContract.COOKIE));

    private static final Map<String, String> BY_CONTAINER = Map.of("lockstep.security", "container");

    /** Without cookies, and scripts of two origins may call what is protected. */
    public static final Map<String, String> CORS_CONFIG = with(
            WITHOUT_COOKIE,
            Map.of(
                    "lockstep.web.cors.origins", "https://shop.example,null",
                    "lockstep.web.cors.methods", "GET,PUT",
                    "lockstep.web.cors.headers", "Content-Type,X-Shop",
                    "lockstep.web.cors.max-age", "1h",
                    "lockstep.web.cors.credentials", "true"));

    /** The first, and the container asks who calls. */
    public static final Map<String, String> CONTAINER_CONFIG = with(CONFIG, BY_CONTAINER);

    /** The second, and the container asks who calls. */
    public static final Map<String, String> CORS_CONTAINER_CONFIG = with(CORS_CONFIG, BY_CONTAINER);

    private ProbeConfig() {}

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(more);
        return Map.copyOf(all);
    }
}
