package dev.lockstep.quarkus;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.docs.Block;
import dev.lockstep.docs.LocalRepository;
import dev.lockstep.docs.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** A project with the {@code pom.xml} that the how-to prints, built by Maven and started. */
final class QuarkusProject {

    static final Block POM = Block.printed("docs/howto/quarkus.md", "xml", 1);
    private static final Block EXTENSION = Block.printed("docs/howto/quarkus.md", "sh", 1);
    static final Block SETTINGS = Block.printed("docs/howto/quarkus.md", "properties", 1);
    static final Block FILTER = Block.printed("docs/howto/quarkus.md", "java", 1);
    static final Block SHOP = Block.printed("README.md", "java", 1);

    private static final Path JAR = Path.of(System.getProperty("quarkus.jar"));
    private static final Path DIRECTORY = Path.of(System.getProperty("quarkus.directory"));
    private static final LocalRepository REPOSITORY =
            new LocalRepository(DIRECTORY.resolve("repository"), System.getProperty("quarkus.repository"));

    private final Path folder;

    private QuarkusProject(Path folder) {
        this.folder = folder;
    }

    /**
     * Builds it.
     *
     * @param sources by file name
     */
    static QuarkusProject build(String pom, String settings, Map<String, String> sources) throws IOException {
        REPOSITORY.install(JAR);
        Path folder = Files.createTempDirectory(DIRECTORY, "project");
        Path shop = Files.createDirectories(folder.resolve("src/main/java/shop"));
        new Script(EXTENSION).in(folder).run();
        Path resources = folder.resolve("src/main/resources");
        Files.writeString(folder.resolve("pom.xml"), pom, UTF_8);
        Files.writeString(resources.resolve("application.properties"), settings, UTF_8);
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Files.writeString(shop.resolve(source.getKey()), source.getValue(), UTF_8);
        }
        REPOSITORY.build(folder, "-ntp package");
        return new QuarkusProject(folder);
    }

    /** Starts it on the loopback interface; waits until it serves, or has ended. */
    Script.Running start(int port) throws IOException {
        Script.Running running = new Script(("exec java -Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
                                + " -Dquarkus.http.host=127.0.0.1 -Dquarkus.http.port=%d"
                                + " -jar target/quarkus-app/quarkus-run.jar")
                        .formatted(port))
                .in(folder)
                .start();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> !running.isAlive() || running.output().contains("Listening on"));
        return running;
    }
}
