package dev.lockstep.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** With lockstep.security=filter the container doesn't know who calls. */
@ExtendWith(ArquillianExtension.class)
class FilterSecurityIT extends SecurityOnServer {

    private static final GuardedApplication APPLICATION = new GuardedApplication("filtered");

    @Deployment(testable = false)
    static WebArchive application() {
        return APPLICATION.warWithFilter();
    }

    @Override
    GuardedApplication guarded() {
        return APPLICATION;
    }

    @Override
    String mode() {
        return "filter";
    }

    @Test
    void theDeploymentSaysSo() {
        assertThat(APPLICATION.get("api/open/notes").body().lines())
                .singleElement()
                .asString()
                .startsWith("LOCKSTEP-0515 ")
                .contains("lockstep.security=container", "lockstep.web.require", "jaxrs-roles-allowed-enabled=false")
                .contains(GuardedResources.class.getName(), GuardedBean.class.getName(), GuardedEjb.class.getName());
    }

    /** A constraint does on Payara, which no bearer of a token can answer. */
    @Test
    void onlyARefusalByAConstraintAsksForAPassword() {
        assertThat(challenges("api/constrained/x"))
                .isEqualTo(server().equals("Payara") ? List.of("Basic realm=\"\"") : List.of());
        assertThat(challenges("api/admin")).isEmpty();
        assertThat(challenges("api/denied")).isEmpty();
    }

    private static List<String> challenges(String path) {
        return APPLICATION.as(APPLICATION.root(), path).headers().allValues("WWW-Authenticate");
    }
}
