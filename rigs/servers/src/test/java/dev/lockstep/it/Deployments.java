package dev.lockstep.it;

import dev.lockstep.docs.Compiler;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.FileAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.container.LibraryContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * Builds the web applications that the integration tests deploy: the jar that this build made, as
 * {@code WEB-INF/lib/lockstep.jar}, beside the libraries that a user's build would bring with it.
 *
 * <p>Needs the system properties that {@code pom.xml} gives to the tests, so run them by Maven.
 */
public final class Deployments {

    private Deployments() {}

    /**
     * A web application named {@code name}, which is also its context path.
     *
     * @param config what {@code META-INF/microprofile-config.properties} says
     * @param classes of the application; nested and superclasses are not added by themselves
     */
    public static WebArchive war(String name, Map<String, String> config, Class<?>... classes) {
        return withLockstep(plainWar(name, classes), properties(config));
    }

    /**
     * Adds what a dependency on Lockstep brings.
     *
     * @param config the text of {@code META-INF/microprofile-config.properties}
     */
    public static WebArchive withLockstep(WebArchive war, String config) {
        return libraries(war).addAsResource(new StringAsset(config), "META-INF/microprofile-config.properties");
    }

    /** Adds Lockstep and what comes with it to where the archive has its libraries. */
    public static <T extends Archive<T> & LibraryContainer<T>> T libraries(T archive) {
        archive.addAsLibrary(new File(property("it.jar")), "lockstep.jar");
        for (String library : property("it.libraries").split(File.pathSeparator)) {
            archive.addAsLibrary(new File(library));
        }
        return archive;
    }

    /** Adds classes, one public type from each source. */
    public static WebArchive addSources(WebArchive war, String... sources) {
        try {
            Path classes = Files.createTempDirectory(Path.of("target"), "classes");
            Compiler.compile(classes, sources);
            try (Stream<Path> files = Files.walk(classes)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    war.add(new FileAsset(file.toFile()), "WEB-INF/classes/" + classes.relativize(file));
                }
            }
            return war;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A web application with CDI and without Lockstep. */
    public static WebArchive plainWar(String name, Class<?>... classes) {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addClasses(classes)
                .addAsWebInfResource(new StringAsset(BEANS_XML), "beans.xml");
    }

    /** Adds AssertJ and Awaitility, for tests that run inside the server. */
    public static WebArchive withTestLibraries(WebArchive war) {
        return war.addAsLibraries(jarOf(Assertions.class), jarOf(Awaitility.class), jarOf(Matchers.class));
    }

    private static final String BEANS_XML = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
            """;

    private static String properties(Map<String, String> config) {
        StringWriter text = new StringWriter();
        new TreeMap<>(config)
                .forEach((key, value) -> text.append(key)
                        .append('=')
                        .append(value.replace("\\", "\\\\"))
                        .append('\n'));
        return text.toString();
    }

    private static File jarOf(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), () -> name + " is not set: run this by ./mvnw verify");
    }
}
