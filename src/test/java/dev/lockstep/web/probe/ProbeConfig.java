package dev.lockstep.web.probe;

import java.util.HashMap;
import java.util.Map;

/** The configuration under which the probe is deployed. */
public final class ProbeConfig {

    public static final Map<String, String> CONFIG = Map.of(
            "lockstep.web.protect", "/api/*,/exact,/rest/secret/*,/pages/*",
            "lockstep.web.permit", "/api/public/*,/api/login,/rest/secret/public/*",
            "lockstep.web.require", "/api/admin/*=admin,/api/staff/*=user,admin,/rest/secret/admin/*=admin",
            "lockstep.web.confirm", "/api/confirmed/*",
            "lockstep.store.timeout", "PT1S",
            "lockstep.web.realm", "the \"shop\"");

    /** Likewise, and scripts of two origins may call what is protected. */
    public static final Map<String, String> CORS_CONFIG = with(Map.of(
            "lockstep.web.cors.origins", "https://shop.example,null",
            "lockstep.web.cors.methods", "GET,PUT",
            "lockstep.web.cors.headers", "Content-Type,X-Shop",
            "lockstep.web.cors.max-age", "1h",
            "lockstep.web.cors.credentials", "true"));

    private ProbeConfig() {}

    private static Map<String, String> with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(CONFIG);
        all.putAll(more);
        return Map.copyOf(all);
    }
}
