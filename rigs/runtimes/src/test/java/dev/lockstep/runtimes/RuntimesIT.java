package dev.lockstep.runtimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The script on every server; prints a line for each step. */
class RuntimesIT {

    private static final Path DIRECTORY = Path.of(System.getProperty("runtimes.directory"));
    private static final Path SERVERS = DIRECTORY.resolve("servers");
    private static final Path LIBRARIES = DIRECTORY.resolve("libraries");
    private static final Path JAVA = Path.of(System.getProperty("runtimes.java"));

    private static final String[] OF_APPLICATION = {"lockstep", "caffeine", "failsafe", "h2", "HikariCP", "slf4j"};

    /** A server, and the libraries that the application has there. */
    private record Tried(Server server, List<Path> libraries) {}

    @TestFactory
    Stream<DynamicNode> everyServerRunsTheScript() {
        return servers().entrySet().stream()
                .filter(entry -> entry.getKey().matches(System.getProperty("runtimes")))
                .map(entry -> dynamicContainer(entry.getKey(), new Trial(entry.getKey(), entry.getValue()).steps()));
    }

    private static Map<String, Tried> servers() {
        List<Path> withWeld5 = War.libraries(LIBRARIES, "");
        List<Path> withWeld6 = new ArrayList<>(War.libraries(DIRECTORY.resolve("weld6"), ""));
        withWeld5.stream()
                .filter(path -> !path.getFileName().toString().matches("(weld|jakarta\\.(enterprise|inject)).*"))
                .forEach(withWeld6::add);
        Map<String, Tried> servers = new LinkedHashMap<>();
        servers.put("tomcat-10.1", new Tried(new Tomcat(unpacked("apache-tomcat-10.1"), false), withWeld5));
        servers.put("tomcat-11", new Tried(new Tomcat(unpacked("apache-tomcat-11"), false), withWeld6));
        servers.put("jetty-12-ee10", new Tried(new Jetty(unpacked("jetty-home"), "ee10"), withWeld5));
        servers.put("jetty-12-ee11", new Tried(new Jetty(unpacked("jetty-home"), "ee11"), withWeld6));
        List<Path> onServers = War.libraries(LIBRARIES, OF_APPLICATION);
        servers.put("liberty-26", new Tried(new Liberty(unpacked("wlp")), onServers));
        servers.put("tomee-9", new Tried(new Tomcat(unpacked("apache-tomee"), true), onServers));
        servers.put("glassfish-7", new Tried(new GlassFish(unpacked("glassfish7")), onServers));
        servers.put("glassfish-8", new Tried(new GlassFish(unpacked("glassfish8")), onServers));
        servers.put("payara-micro-7", new Tried(new PayaraMicro(unpacked("payara-micro")), onServers));
        return servers;
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

    /** One server's way through the script. Confined to the test's thread. */
    private static final class Trial {

        private final String name;
        private final Tried tried;
        private RunningServer running;
        private Steps script;
        private boolean stuck;

        Trial(String name, Tried tried) {
            this.name = name;
            this.tried = tried;
        }

        Stream<DynamicNode> steps() {
            List<DynamicNode> steps = new ArrayList<>();
            steps.add(step("start and deploy", this::start));
            for (String step : new Steps(null).steps().keySet()) {
                steps.add(step(step, () -> script.steps().get(step).run()));
            }
            if (tried.server().hasRest()) {
                steps.add(step("REST", () -> script.rest()));
            }
            steps.add(step("undeploy", () -> running.undeploy()));
            steps.add(step("deploy again", () -> running.deploy(tried.libraries())));
            steps.add(step("earlier token", () -> script.earlierToken()));
            return steps.stream().onClose(this::stop);
        }

        private void start() throws Exception {
            running = new RunningServer(
                    tried.server(), ServerFolder.in(DIRECTORY.resolve("sites").resolve(name), JAVA));
            script = new Steps(running);
            running.deploy(tried.libraries());
        }

        private void stop() {
            if (running != null) {
                try {
                    running.close();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private DynamicNode step(String step, Steps.Step action) {
            return dynamicTest(step, () -> {
                String result = stuck ? "not reached" : "FAILED";
                try {
                    assertThat(stuck).as("the application is not there").isFalse();
                    stuck = step.contains("deploy");
                    action.run();
                    stuck = false;
                    result = "good";
                } finally {
                    System.out.printf("%-16s %-34s %s%n", name, step, result);
                }
            });
        }
    }
}
