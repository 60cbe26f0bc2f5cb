package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.security.Principal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** With lockstep.security=container beans of CDI are guarded, wherever a class has it from. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesInterceptorTest {

    @AutoClose
    private final SeApplication application = SeApplication.start(
            Map.of("lockstep.security", "container"),
            OfRole.class,
            ForAdmins.class,
            Mixed.class,
            InheritsMethods.class,
            InheritsClass.class,
            Extends.class,
            OfInterface.class,
            ByDefault.class,
            Kept.class,
            Observer.class);

    @Test
    void whoIsInTheRolePasses() {
        OfRole.role = "admin";
        assertThat(get(ForAdmins.class).run()).isEqualTo("run");
        assertThat(get(Mixed.class).forAdmins()).isEqualTo("run");
        assertThat(get(InheritsMethods.class).forAdmins()).isEqualTo("run");
        assertThat(get(InheritsClass.class).run()).isEqualTo("run");
        assertThat(get(Extends.class).silent()).isEqualTo("run");
        assertThat(get(OfInterface.class).read("x")).isEqualTo("run");
    }

    @Test
    void whoIsNotIsToldWhatAsked() {
        OfRole.role = "user";
        assertThatThrownBy(get(ForAdmins.class)::run)
                .isInstanceOf(SecurityException.class)
                .hasMessageStartingWith("LOCKSTEP-0520 ")
                .hasMessageContaining(ForAdmins.class.getName() + ".run");
        assertRefused(get(Mixed.class)::forAdmins);
    }

    @Test
    void aMethodGoesBeforeItsClass() {
        OfRole.role = "user";
        assertThat(get(ForAdmins.class).permitted()).isEqualTo("run");
        assertThat(get(ForAdmins.class).forUsers()).isEqualTo("run");
        assertThat(get(Mixed.class).forAll()).isEqualTo("run");
        OfRole.role = "admin";
        assertRefused(get(ForAdmins.class)::denied);
        assertRefused(get(ForAdmins.class)::forUsers);
        assertRefused(get(Mixed.class)::forNobody);
    }

    @Test
    void whatIsInheritedIsGuardedAsWhereItIsDeclared() {
        OfRole.role = "user";
        assertRefused(get(InheritsMethods.class)::forAdmins);
        assertRefused(get(InheritsClass.class)::run);
        assertRefused(get(Extends.class)::run);
        assertRefused(() -> get(OfInterface.class).read("x"));
    }

    /** By the specification the class of a bean says nothing of it. */
    @Test
    void whatIsInheritedWithoutAWordIsGuardedAsTheBean() {
        OfRole.role = "user";
        assertRefused(get(Extends.class)::silent);
    }

    @Test
    void observersAreGuardedToo() {
        OfRole.role = "user";
        assertThatThrownBy(() ->
                        application.container().getBeanManager().getEvent().fire("x"))
                .isInstanceOf(SecurityException.class);
        OfRole.role = "admin";
        application.container().getBeanManager().getEvent().fire("x");
    }

    /** As a container does with beans of an HTTP session. */
    @Test
    void aBeanThatIsPutAwayAndBroughtBackIsGuarded() throws Exception {
        ByteArrayOutputStream away = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(away)) {
            out.writeObject(get(Kept.class));
        }
        Kept back;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(away.toByteArray()))) {
            back = (Kept) in.readObject();
        }
        OfRole.role = "admin";
        assertThat(back.run()).isEqualTo("run");
        OfRole.role = "user";
        assertRefused(back::run);
    }

    @Test
    void aDefaultMethodIsGuardedAsTheBean() {
        OfRole.role = "user";
        assertRefused(get(ByDefault.class)::silent);
    }

    @Test
    void byTheFilterNobodyGuardsThem() {
        try (SeApplication byFilter = SeApplication.start(Map.of(), ForAdmins.class)) {
            assertThat(byFilter.get(ForAdmins.class).run()).isEqualTo("run");
        }
    }

    private <T> T get(Class<T> type) {
        return application.get(type);
    }

    private static void assertRefused(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(SecurityException.class);
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

        @RolesAllowed("user")
        String forUsers() {
            return "run";
        }

        @DenyAll
        String denied() {
            return "run";
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

    /** Its methods are its subclasses' to offer. */
    static class Methods {

        @RolesAllowed("admin")
        public String forAdmins() {
            return "run";
        }
    }

    @ApplicationScoped
    static class InheritsMethods extends Methods {}

    /** Not public, so that a public subclass gets methods that the compiler makes. */
    @RolesAllowed("admin")
    static class Base {

        public String run() {
            return "run";
        }
    }

    /** Says nothing itself. */
    @Dependent
    public static class InheritsClass extends Base {}

    /** Has one method of a class that says nothing. */
    static class SilentBase {

        String silent() {
            return "run";
        }
    }

    @ApplicationScoped
    @RolesAllowed("admin")
    static class Extends extends SilentBase {

        String run() {
            return "run";
        }
    }

    /** With a method that the compiler has the bean implement by another one. */
    interface Reader<T> {

        String read(T what);
    }

    @Dependent
    static class OfInterface implements Reader<String> {

        @Override
        @RolesAllowed("admin")
        public String read(String what) {
            return "run";
        }
    }

    /** Whose method no class declares. */
    interface HasDefault {

        default String silent() {
            return "run";
        }
    }

    @ApplicationScoped
    @RolesAllowed("admin")
    static class ByDefault implements HasDefault {}

    @Dependent
    @RolesAllowed("admin")
    static class Kept implements Serializable {

        private static final long serialVersionUID = 1L;

        String run() {
            return "run";
        }
    }

    @ApplicationScoped
    static class Observer {

        @RolesAllowed("admin")
        void observe(@Observes String event) {}
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
}
