package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.Vetoed;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An annotation that nobody would look at fails the deployment, where the container guards. */
class OverlookedRolesTest {

    private static final Map<String, String> BY_CONTAINER = Map.of("lockstep.security", "container");

    @Test
    void onAnInterface() {
        assertProblem(OfReader.class, Reader.class.getName() + ".read");
        assertProblem(OfReaders.class, Readers.class.getName() + ".read");
        assertProblem(ByDefault.class, HasDefault.class.getName() + ".read");
    }

    @Test
    void onAMethodThatIsOverridden() {
        assertProblem(Overrides.class, Declares.class.getName() + ".read");
    }

    @Test
    void inAStereotype() {
        assertProblem(OfStereotype.class, "@" + ForAdmins.class.getName());
    }

    @Test
    void onWhatIsNoMethodOfABean() {
        assertProblem(Unreachable.class, Unreachable.class.getName() + ".ofClass");
        assertProblem(Unreachable.class, Unreachable.class.getName() + ".own");
    }

    @Test
    void onAClassOfWhichAProducerMakesBeans() {
        assertProblem(Producer.class, Produced.class.getName(), "a producer");
    }

    /** A bean only because the archive's classes are. */
    @Test
    void onAClassThatABeanWithoutAScopeExtends() {
        assertProblem(WithoutScope.class, "Give it a scope");
    }

    @ParameterizedTest
    @ValueSource(classes = {Repeats.class, Permits.class, OfClass.class, HasToString.class})
    void whatSpeaksForItselfIsDeployed(Class<?> bean) {
        try (SeApplication application = SeApplication.start(BY_CONTAINER, bean)) {
            assertThat(application.container().isRunning()).isTrue();
        }
    }

    @Test
    void byTheFilterTheyAreNoReasonToFail() {
        try (SeApplication application = SeApplication.start(Map.of(), OfReader.class, Producer.class)) {
            assertThat(application.container().isRunning()).isTrue();
        }
    }

    private static void assertProblem(Class<?> bean, String... named) {
        assertThatThrownBy(() -> SeApplication.start(BY_CONTAINER, bean).close())
                .hasStackTraceContaining("LOCKSTEP-0521 @RolesAllowed or @DenyAll of ")
                .satisfies(failure ->
                        assertThat(String.valueOf(failure.getMessage())).contains(named));
    }

    /** Of which one method is restricted. */
    interface Reader {

        @RolesAllowed("admin")
        String read();
    }

    @ApplicationScoped
    static class OfReader implements Reader {

        @Override
        public String read() {
            return "";
        }
    }

    /** As a whole. */
    @RolesAllowed("admin")
    interface Readers {

        String read();
    }

    @ApplicationScoped
    static class OfReaders implements Readers {

        @Override
        public String read() {
            return "";
        }
    }

    /** With a method that nobody has to implement. */
    interface HasDefault {

        @RolesAllowed("admin")
        default String read() {
            return "";
        }
    }

    @ApplicationScoped
    static class ByDefault implements HasDefault {}

    @ApplicationScoped
    static class Repeats implements Reader {

        @Override
        @RolesAllowed("admin")
        public String read() {
            return "";
        }
    }

    @ApplicationScoped
    static class Permits implements Reader {

        @Override
        @PermitAll
        public String read() {
            return "";
        }
    }

    @ApplicationScoped
    @RolesAllowed("admin")
    static class OfClass implements Reader {

        @Override
        public String read() {
            return "";
        }
    }

    /** To be extended. */
    static class Declares {

        @RolesAllowed("admin")
        String read() {
            return "";
        }
    }

    @ApplicationScoped
    static class Overrides extends Declares {

        @Override
        String read() {
            return "";
        }
    }

    /** Restricts also what every object has. */
    @RolesAllowed("admin")
    static class Named {

        @Override
        public String toString() {
            return "named";
        }
    }

    @ApplicationScoped
    static class HasToString extends Named {

        @Override
        public String toString() {
            return "other";
        }
    }

    /** For several beans at once. */
    @Stereotype
    @RolesAllowed("admin")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface ForAdmins {}

    @ApplicationScoped
    @ForAdmins
    static class OfStereotype {}

    @ApplicationScoped
    static class Unreachable {

        @RolesAllowed("admin")
        static void ofClass() {}

        @RolesAllowed("admin")
        private void own() {}

        void call() {
            own();
        }
    }

    /** No bean by itself. */
    @Vetoed
    @RolesAllowed("admin")
    static class Produced {}

    @Dependent
    static class Producer {

        @Produces
        Produced produce() {
            return new Produced();
        }
    }

    /** Says nothing of who may call it, nor how long it lives. */
    static class WithoutScope extends Named {}
}
