package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.contract.CapturedLog;
import dev.lockstep.web.BearerMechanism;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which mechanism a container finds. */
class ContainerSecurityTest {

    private static final Map<String, String> BY_CONTAINER = Map.of("lockstep.security", "container");

    @Test
    void byTheContainerThereIsOneMechanism() {
        try (SeApplication application = SeApplication.start(BY_CONTAINER)) {
            assertThat(application.container().select(HttpAuthenticationMechanism.class).stream())
                    .singleElement()
                    .isInstanceOf(HttpAuthenticationMechanism.class);
        }
    }

    @Test
    void byTheFilterThereIsNone() {
        try (SeApplication application = SeApplication.start(Map.of())) {
            assertThat(application
                            .container()
                            .select(HttpAuthenticationMechanism.class)
                            .isUnsatisfied())
                    .isTrue();
        }
    }

    @Test
    void byTheFilterTheApplicationMayHaveItsOwn() {
        try (SeApplication application = SeApplication.start(Map.of(), Own.class)) {
            assertThat(application.container().isRunning()).isTrue();
        }
    }

    @Test
    void twoMechanismsAreRefusedByName() {
        assertThatThrownBy(() -> SeApplication.start(BY_CONTAINER, Own.class).close())
                .hasStackTraceContaining("LOCKSTEP-0519")
                .hasStackTraceContaining(Own.class.getName())
                .hasStackTraceContaining("lockstep.security=filter")
                .hasMessageNotContaining(BearerMechanism.class.getName());
    }

    @Test
    void rolesAreTheContainersBusinessThen() {
        Map<String, String> both = Map.of("lockstep.security", "container", "lockstep.web.protect", "/*");
        try (CapturedLog log = new CapturedLog(ContainerRoles.class.getName())) {
            assertThatThrownBy(() -> SeApplication.start(both, ForAdmins.class).close())
                    .hasStackTraceContaining("LOCKSTEP-0010");
            assertThat(log.messages()).isEmpty();
        }
    }

    @ApplicationScoped
    @RolesAllowed("admin")
    static class ForAdmins {}

    @ApplicationScoped
    static class Own implements HttpAuthenticationMechanism {

        @Override
        public AuthenticationStatus validateRequest(
                HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
            return context.doNothing();
        }
    }
}
