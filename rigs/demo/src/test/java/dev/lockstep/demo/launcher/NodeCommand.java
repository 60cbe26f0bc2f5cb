package dev.lockstep.demo.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The command line that starts a node.
 *
 * @param name the node's name
 * @param port where it listens
 * @param properties what it is configured by
 * @param directory where it may write
 * @param installation what it is made of
 */
record NodeCommand(String name, int port, Map<String, String> properties, Path directory, Installation installation) {

    /**
     * Lettuce writes its log to SLF4J, of which a node has no more than the API: it need not say
     * so.
     */
    private static final String QUIET_SLF4J = "-Dslf4j.internal.verbosity=ERROR";

    List<String> words() throws IOException {
        ServerJar server = ServerJar.read(installation.payara());
        return Stream.of(java(), systemProperties(), server.moduleOptions(), main(server), serverOptions())
                .flatMap(List::stream)
                .toList();
    }

    Path temporary() {
        return directory.resolve("tmp");
    }

    /** The quick compiler alone: the node starts with less than half the work. */
    private static List<String> java() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return List.of(java.toString(), "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    }

    private List<String> systemProperties() {
        return Stream.concat(
                        Stream.of("-Djava.io.tmpdir=" + temporary(), "-Ddemo.node=" + name, QUIET_SLF4J),
                        properties.entrySet().stream().map(each -> "-D" + each.getKey() + "=" + each.getValue()))
                .toList();
    }

    private List<String> main(ServerJar server) {
        String classPath = installation.launcherClasses() + File.pathSeparator + server.path();
        return List.of("-cp", classPath, Tethered.class.getName(), server.mainClass());
    }

    /** Without a cluster of the server's own, and without its report to its makers. */
    private List<String> serverOptions() {
        Path configuration = installation.server();
        return Stream.of(
                        List.of("--nohazelcast", "--disablephonehome"),
                        List.of("--rootdir", directory.toString()),
                        List.of("--port", Integer.toString(port)),
                        List.of(
                                "--logproperties",
                                configuration.resolve("logging.properties").toString()),
                        List.of(
                                "--prebootcommandfile",
                                configuration.resolve("boot.txt").toString()),
                        List.of("--contextroot", "/"),
                        List.of("--deploy", installation.war().toString()))
                .flatMap(List::stream)
                .toList();
    }
}
