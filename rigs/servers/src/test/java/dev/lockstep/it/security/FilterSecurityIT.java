package dev.lockstep.it.security;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** With lockstep.security=filter the container doesn't know who calls; docs/howto/container-security.md. */
@ExtendWith(ArquillianExtension.class)
class FilterSecurityIT {

    private static final GuardedApplication APPLICATION = new GuardedApplication("filtered");

    @Deployment(testable = false)
    static WebArchive application() {
        return APPLICATION.war("filter");
    }

    @Test
    void probe() {
        for (String path : new String[] {"admin", "anyone", "bean", "ejb", "runas", "who", "roles", "open/who", "annotated", "constrained/x", "asynchronous", "executor", "stage", "events", "ops/resource"}) {
            for (String token : new String[] {APPLICATION.root(), APPLICATION.alice()}) {
                var r = APPLICATION.as(token, "api/" + path);
                System.out.println("PROBE " + path + " " + r.statusCode() + " " + r.headers().firstValue("WWW-Authenticate").orElse("-") + " " + r.body().replace("\n", " ").substring(0, Math.min(130, r.body().length())));
            }
        }
        try (var socket = APPLICATION.socket(APPLICATION.alice())) {
            System.out.println("PROBE socket " + socket.ask("x"));
        }
    }
}
