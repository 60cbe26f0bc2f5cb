package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.contract.CapturedLog;
import dev.lockstep.web.BearerMechanism;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

    @Test
    void beansAreGuardedByTheContainersRoles() {
        try (SeApplication application =
                SeApplication.start(BY_CONTAINER, OfRole.class, ForAdmins.class, Mixed.class)) {
            ForAdmins forAdmins = application.get(ForAdmins.class);
            Mixed mixed = application.get(Mixed.class);
            OfRole.role = "admin";
            assertThat(forAdmins.run()).isEqualTo("run");
            assertThat(mixed.forAdmins()).isEqualTo("run");
            assertThat(mixed.forAll()).isEqualTo("run");
            assertThatThrownBy(mixed::forNobody).isInstanceOf(SecurityException.class);
            OfRole.role = "user";
            assertThatThrownBy(forAdmins::run)
                    .isInstanceOf(SecurityException.class)
                    .hasMessageStartingWith("LOCKSTEP-0520 ")
                    .hasMessageContaining(ForAdmins.class.getName() + ".run");
            assertThat(forAdmins.permitted()).isEqualTo("run");
            assertThatThrownBy(mixed::forAdmins).isInstanceOf(SecurityException.class);
            assertThat(mixed.forAll()).isEqualTo("run");
        }
    }

    @Test
    void byTheFilterNobodyGuardsThem() {
        try (SeApplication application = SeApplication.start(Map.of(), ForAdmins.class)) {
            assertThat(application.get(ForAdmins.class).run()).isEqualTo("run");
        }
    }

    @ApplicationScoped
    @RolesAllowed("admin")
    static class ForAdmins {

        String run() {
            return "run";
        }

        @PermitAll
        String permitted() {
            return run();
        }
    }

    @ApplicationScoped
    static class Mixed {

        @RolesAllowed({"root", "admin"})
        String forAdmins() {
            return "run";
        }

        @DenyAll
        String forNobody() {
            return "run";
        }

        String forAll() {
            return "run";
        }
    }

    /** Takes the place of the container's. */
    @ApplicationScoped
    static class OfRole implements SecurityContext {

        private static volatile String role = "";

        @Override
        public @Nullable Principal getCallerPrincipal() {
            return null;
        }

        @Override
        public <T extends Principal> Set<T> getPrincipalsByType(Class<T> type) {
            return Set.of();
        }

        @Override
        public boolean isCallerInRole(String asked) {
            return asked.equals(role);
        }

        @Override
        public boolean hasAccessToWebResource(String resource, String... methods) {
            return false;
        }

        @Override
        public AuthenticationStatus authenticate(
                HttpServletRequest request, HttpServletResponse response, AuthenticationParameters parameters) {
            return AuthenticationStatus.NOT_DONE;
        }
    }

    @ApplicationScoped
    static class Own implements HttpAuthenticationMechanism {

        @Override
        public AuthenticationStatus validateRequest(
                HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
            return context.doNothing();
        }
    }
}
