package dev.lockstep.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MissingPartsTest {

    @Test
    void whereEverythingIsThereIsNoProblem() {
        assertThat(MissingParts.problem(MissingParts.class.getClassLoader())).isEmpty();
    }

    @Test
    void whatAPlainContainerLacksIsNamedWithItsCoordinates() throws Exception {
        try (URLClassLoader alone = lockstepWith()) {
            assertThat(problem(alone))
                    .hasValueSatisfying(problem -> assertThat(problem)
                            .startsWith("LOCKSTEP-0015 ")
                            .contains(
                                    "CDI (org.jboss.weld.servlet:weld-servlet-shaded)",
                                    "MicroProfile Config (io.smallrye.config:smallrye-config)",
                                    "Jakarta JSON Processing (org.eclipse.parsson:parsson)"));
        }
    }

    @Test
    void anApiThatNothingImplementsIsMissing() throws Exception {
        Class<?>[] apis = {
            jakarta.enterprise.inject.spi.CDI.class,
            jakarta.inject.Provider.class,
            org.eclipse.microprofile.config.Config.class,
            jakarta.json.Json.class
        };
        try (URLClassLoader withApis = lockstepWith(apis)) {
            assertThat(problem(withApis))
                    .hasValueSatisfying(problem -> assertThat(problem)
                            .contains("smallrye-config", "parsson", "What failed: ", "No ConfigProviderResolver")
                            .doesNotContain("weld"));
        }
    }

    /** A class loader with our classes and the jars of others. */
    private static URLClassLoader lockstepWith(Class<?>... others) {
        URL[] places = new URL[others.length + 1];
        places[0] = place(MissingParts.class);
        for (int i = 0; i < others.length; i++) {
            places[i + 1] = place(others[i]);
        }
        return new URLClassLoader(places, ClassLoader.getPlatformClassLoader());
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    @SuppressWarnings("unchecked")
    private static Optional<String> problem(ClassLoader application) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(application);
        try {
            return (Optional<String>) application
                    .loadClass(MissingParts.class.getName())
                    .getMethod("problem", ClassLoader.class)
                    .invoke(null, application);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
