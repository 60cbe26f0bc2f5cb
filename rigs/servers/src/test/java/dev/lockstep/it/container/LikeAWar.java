package dev.lockstep.it.container;

import jakarta.servlet.ServletContainerInitializer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A web application's class loader: Lockstep, Weld and all libraries for itself, beside its own
 * configuration. From the server it has Servlet and the database, which lives in the JVM.
 */
final class LikeAWar implements AutoCloseable {

    private static final List<String> OF_SERVER = List.of("jakarta.servlet.", "org.h2.");
    private static final Pattern IN_WAR =
            Pattern.compile("classes|(?:lockstep-|weld-(?!se-)|jakarta\\.(?!jakartaee|security)|smallrye-"
                    + "|microprofile-config|jboss-|HikariCP|slf4j-|failsafe|parsson).*");

    private final URLClassLoader loader;

    LikeAWar(Path folder, Map<String, String> config) throws IOException {
        Path metaInf = Files.createDirectories(folder.resolve("META-INF"));
        Files.createFile(metaInf.resolve("beans.xml"));
        addBean(folder);
        Files.write(
                metaInf.resolve("microprofile-config.properties"),
                config.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList());
        loader = new URLClassLoader(
                Stream.concat(Stream.of(folder), libraries()).map(LikeAWar::url).toArray(URL[]::new), new Server());
    }

    /** Without a bean in it a web application has no CDI. */
    private static void addBean(Path folder) throws IOException {
        String file = ServerProbe.class.getName().replace('.', '/') + ".class";
        Path bean = folder.resolve(file);
        Files.createDirectories(bean.getParent());
        try (InputStream in = ServerProbe.class.getClassLoader().getResourceAsStream(file)) {
            Files.write(bean, in.readAllBytes());
        }
    }

    ClassLoader loader() {
        return loader;
    }

    /** Those of Weld and Lockstep: a server calls them in any order. */
    List<ServletContainerInitializer> initializers(boolean weldFirst) {
        ServletContainerInitializer weld = make("org.jboss.weld.environment.servlet.EnhancedListener");
        ServletContainerInitializer lockstep = make("dev.lockstep.web.LockstepInitializer");
        return weldFirst ? List.of(weld, lockstep) : List.of(lockstep, weld);
    }

    /** What a {@link ServerProbe} says inside. */
    @SuppressWarnings("unchecked")
    String ask(String question) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return ((Function<String, String>) make(ServerProbe.class.getName())).apply(question);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    @SuppressWarnings("unchecked")
    private <T> T make(String type) {
        try {
            return (T) loader.loadClass(type).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Path> libraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> IN_WAR.matcher(path.getFileName().toString()).matches());
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Shows what the server gives to its applications. */
    private static final class Server extends ClassLoader {

        Server() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (OF_SERVER.stream().anyMatch(name::startsWith)) {
                return LikeAWar.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
