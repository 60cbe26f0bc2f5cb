package dev.lockstep.web.probe;

import java.util.Map;

/** The configuration under which the probe is deployed. */
public final class ProbeConfig {

    public static final Map<String, String> CONFIG = Map.of(
            "lockstep.web.protect", "/api/*,/exact",
            "lockstep.web.permit", "/api/public/*,/api/login",
            "lockstep.web.require", "/api/admin/*=admin,/api/staff/*=user,admin",
            "lockstep.web.confirm", "/api/confirmed/*",
            "lockstep.web.realm", "the \"shop\"");

    private ProbeConfig() {}
}
