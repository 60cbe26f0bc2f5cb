package dev.lockstep.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissingPartsTest {

    private static final Class<?>[] APIS = {
        jakarta.enterprise.inject.spi.CDI.class,
        jakarta.inject.Provider.class,
        org.eclipse.microprofile.config.Config.class,
        jakarta.json.Json.class
    };

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
        try (URLClassLoader withApis = lockstepWith(APIS)) {
            assertThat(problem(withApis))
                    .hasValueSatisfying(problem -> assertThat(problem)
                            .contains("smallrye-config", "parsson", "What failed: ", "No ConfigProviderResolver")
                            .doesNotContain("weld"));
        }
    }

    /** A library that it needs is absent, say. */
    @Test
    void anImplementationThatCannotBeMadeIsToldWithTheReason(@TempDir Path folder) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(ConfigProviderResolver.class.getName()), "shop.NoSuchResolver");
        try (URLClassLoader withBroken = lockstepWith(folder.toUri().toURL(), APIS)) {
            assertThat(problem(withBroken))
                    .hasValueSatisfying(problem ->
                            assertThat(problem).contains("smallrye-config", "What failed: ", "shop.NoSuchResolver"));
        }
    }

    /** A class loader with our classes and the jars of others. */
    private static URLClassLoader lockstepWith(Class<?>... others) {
        return lockstepWith(place(MissingParts.class), others);
    }

    private static URLClassLoader lockstepWith(URL more, Class<?>... others) {
        Stream<URL> places = Stream.concat(
                Stream.of(more, place(MissingParts.class)), Stream.of(others).map(MissingPartsTest::place));
        return new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
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
