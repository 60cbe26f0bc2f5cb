package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.contract.CapturedLog;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Annotations that would be taken for a lock are warned of where the filter is that they don't see.
 */
class ContainerRolesTest {

    private static final Map<String, String> PROTECTED = Map.of("lockstep.web.protect", "/api/*");

    @Test
    void rolesBehindAProtectedPathAreWarnedOfWithTheirClasses() {
        try (CapturedLog log = new CapturedLog(ContainerRoles.class.getName())) {
            assertThatThrownBy(() -> SeApplication.start(
                                    PROTECTED, OnClass.class, OnMethod.class, Denied.class, Permitted.class)
                            .close())
                    .hasStackTraceContaining("LOCKSTEP-0010");

            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("LOCKSTEP-0515 @RolesAllowed and @DenyAll do not see the identity")
                    .contains(OnClass.class.getName(), OnMethod.class.getName(), Denied.class.getName())
                    .contains("lockstep.security=container", "lockstep.web.require")
                    .doesNotContain(Permitted.class.getName());
        }
    }

    @Test
    void withoutAFilterTheyAreTheContainersBusiness() {
        try (CapturedLog log = new CapturedLog(ContainerRoles.class.getName());
                SeApplication application = SeApplication.start(Map.of(), OnClass.class)) {
            assertThat(application.container().isRunning()).isTrue();
            assertThat(log.messages()).isEmpty();
        }
    }

    @Test
    void aLongListIsCut() {
        ContainerRoles roles = new ContainerRoles();
        Class<?>[] classes = {
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            String.class,
            Void.class,
            Object.class,
            Number.class,
            Math.class,
            Thread.class
        };
        for (Class<?> type : classes) {
            roles.note(type);
        }
        try (CapturedLog log = new CapturedLog(ContainerRoles.class.getName())) {
            roles.warn();
            assertThat(log.messages()).singleElement().asString().contains(" and 2 more.");
        }
    }

    @ApplicationScoped
    @RolesAllowed("admin")
    static class OnClass {}

    @ApplicationScoped
    static class OnMethod {

        @RolesAllowed("admin")
        void forAdmins() {}
    }

    @ApplicationScoped
    @DenyAll
    static class Denied {}

    @ApplicationScoped
    @PermitAll
    static class Permitted {}
}
