package dev.lockstep.web.probe;

import java.util.Map;

/** The configuration under which the probe is deployed. */
public final class ProbeConfig {

    public static final Map<String, String> CONFIG = Map.of(
            "lockstep.web.protect", "/api/*,/exact,/rest/secret/*",
            "lockstep.web.permit", "/api/public/*,/api/login,/rest/secret/public/*",
            "lockstep.web.require", "/api/admin/*=admin,/api/staff/*=user,admin,/rest/secret/admin/*=admin",
            "lockstep.web.confirm", "/api/confirmed/*",
            "lockstep.store.timeout", "PT1S",
            "lockstep.web.realm", "the \"shop\"");

    private ProbeConfig() {}
}
