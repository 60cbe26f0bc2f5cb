package dev.lockstep.runtimes;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The script on every server; prints a line for each step. */
class RuntimesIT {

    private static final Path DIRECTORY = Path.of(System.getProperty("runtimes.directory"));
    private static final Path SERVERS = DIRECTORY.resolve("servers");
    private static final Path LIBRARIES = DIRECTORY.resolve("libraries");

    private static final String[] OF_APPLICATION = {"lockstep", "failsafe"};

    private static SessionsServer database;

    @BeforeAll
    static void startDatabase() throws Exception {
        database = SessionsServer.start();
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @TestFactory
    Stream<DynamicNode> everyServerRunsTheScript() {
        return Stream.of(
                        onServletContainer("tomcat-10.1", "weld6", () -> new Tomcat(unpacked("apache-tomcat-10.1"))),
                        onServletContainer("tomcat-11", "weld6", () -> new Tomcat(unpacked("apache-tomcat-11"))),
                        onServletContainer("jetty-12-ee10", "weld6", () -> new Jetty(unpacked("jetty-home"), "ee10")),
                        onServletContainer("jetty-12-ee11", "weld6", () -> new Jetty(unpacked("jetty-home"), "ee11")),
                        onServer("wildfly-39", () -> new WildFly(unpacked("wildfly-39"))),
                        onServer("wildfly-preview-39", () -> new WildFly(unpacked("wildfly-preview-39"))),
                        onServer("payara-6", () -> new Payara(unpacked("payara6"))),
                        onServer("payara-micro-6", () -> new PayaraMicro(unpacked("payara-micro-6"), 17)),
                        onServer("payara-micro-7", () -> new PayaraMicro(unpacked("payara-micro-7"), 21)),
                        onServer("glassfish-7", () -> new GlassFish(unpacked("glassfish7"))),
                        onServer("glassfish-8", () -> new GlassFish(unpacked("glassfish8"))),
                        onServer("liberty-26", () -> new Liberty(unpacked("wlp"))),
                        onServer("tomee-9", () -> new TomEe(unpacked("apache-tomee"))),
                        onServer(
                                "tomee-10",
                                () -> new EmbeddedTomEe(DIRECTORY.resolve("tomee-10")),
                                War.libraries(LIBRARIES, "")),
                        onJavaSe("weld-se-5"),
                        onJavaSe("weld-se-6"))
                .flatMap(trial -> trial);
    }

    /** With CDI and more among the application's libraries. */
    private static Stream<DynamicNode> onServletContainer(String name, String cdi, Supplier<Server> server) {
        return onServer(name, server, libraries(cdi));
    }

    private static Stream<DynamicNode> onServer(String name, Supplier<Server> server) {
        return onServer(name, server, War.libraries(LIBRARIES, OF_APPLICATION));
    }

    private static Stream<DynamicNode> onServer(String name, Supplier<Server> made, List<Path> libraries) {
        if (!isWanted(name)) {
            return Stream.empty();
        }
        Server server = made.get();
        ServerTrial trial = new ServerTrial(name, server, libraries, () -> folder(name, Jdks.of(server)));
        return Stream.of(dynamicContainer(name, trial.steps()));
    }

    private static Stream<DynamicNode> onJavaSe(String name) {
        if (!isWanted(name)) {
            return Stream.empty();
        }
        Path java = Path.of(System.getProperty("runtimes.java"));
        SeTrial trial = new SeTrial(name, libraries(name), () -> folder(name, java));
        return Stream.of(dynamicContainer(name, trial.steps()));
    }

    private static boolean isWanted(String name) {
        return name.matches(System.getProperty("runtimes"));
    }

    private static ServerFolder folder(String name, Path java) throws Exception {
        return ServerFolder.in(DIRECTORY.resolve("sites").resolve(name), java, database.database(name));
    }

    /**
     * All libraries, and the implementation of CDI that is in a folder of that name. That comes
     * last: the one that is shaded for Weld 5 has an older JBoss Logging in it, with which SmallRye
     * Config does not run.
     */
    private static List<Path> libraries(String cdi) {
        List<Path> libraries = new ArrayList<>(War.libraries(LIBRARIES, ""));
        libraries.addAll(War.libraries(DIRECTORY.resolve(cdi), ""));
        return libraries;
    }

    private static Path unpacked(String name) {
        try (Stream<Path> all = Files.list(SERVERS)) {
            return all.filter(path -> path.getFileName().toString().startsWith(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(name + " is not in " + SERVERS));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
