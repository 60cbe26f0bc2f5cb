package dev.lockstep.it.howto;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.docs.Block;
import dev.lockstep.docs.LocalRepository;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The README's application as a project of a user, with the dependencies that each page prints,
 * built by Maven. All but the README's import the versions from Lockstep's POM, as their pages say.
 * It gets Lockstep's jar as {@code ./mvnw install} leaves it, from a local repository before the
 * build's.
 */
final class PrintedProjects {

    /** The README's. */
    static final String README = "readme";

    private static final Block LOCKSTEP = Block.printed("README.md", "xml", 1);
    private static final Block VERSIONS = Block.printed("docs/howto/dependencies.md", "xml", 1);
    private static final Map<String, List<Block>> DEPENDENCIES = dependencies();

    private static final String HEAD = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>shop</groupId>
              <artifactId>%s</artifactId>
              <version>1</version>
              <packaging>%s</packaging>
            """;

    private static final String WAR = HEAD + """
              <properties>
                <maven.compiler.release>17</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              %s
              <dependencies>
                %s
                <dependency>
                  <groupId>jakarta.platform</groupId>
                  <artifactId>jakarta.jakartaee-api</artifactId>
                  <version>10.0.0</version>
                  <scope>provided</scope>
                </dependency>
              </dependencies>
            </project>
            """;

    private static final String ALL = HEAD + """
              <modules>%s</modules>
            </project>
            """;

    private static final Path JAR = Path.of(System.getProperty("it.jar"));
    private static final Path DIRECTORY = Path.of("target", "printed").toAbsolutePath();
    private static final LocalRepository REPOSITORY =
            new LocalRepository(DIRECTORY.resolve("repository"), System.getProperty("it.repository"));

    private PrintedProjects() {}

    private static Map<String, List<Block>> dependencies() {
        Map<String, List<Block>> dependencies = new TreeMap<>(Map.of(
                README,
                List.of(LOCKSTEP),
                "dependencies",
                List.of(Block.printed("docs/howto/dependencies.md", "xml", 2)),
                "small",
                List.of(Block.printed("docs/howto/war-size.md", "xml", 1)),
                "smallest",
                List.of(Block.printed("docs/howto/war-size.md", "xml", 2))));
        Caches.LIBRARIES.forEach((cache, printed) -> dependencies.put(cache, List.of(LOCKSTEP, printed)));
        return dependencies;
    }

    /** The WAR of a project, of this very build; one JVM makes them, and others wait for it. */
    static synchronized Path war(String project) throws IOException, InterruptedException {
        Path war = DIRECTORY.resolve(project).resolve("target").resolve(project + "-1.war");
        Path turn = Files.createDirectories(DIRECTORY).resolve("lock");
        try (FileChannel channel = FileChannel.open(turn, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!Files.exists(war) || Files.getLastModifiedTime(war).compareTo(Files.getLastModifiedTime(JAR)) < 0) {
                build();
            }
        }
        return war;
    }

    private static void build() throws IOException, InterruptedException {
        REPOSITORY.install(JAR);
        String modules = DEPENDENCIES.keySet().stream()
                .map("<module>%s</module>"::formatted)
                .collect(Collectors.joining());
        Files.writeString(DIRECTORY.resolve("pom.xml"), ALL.formatted("all", "pom", modules), UTF_8);
        for (Map.Entry<String, List<Block>> project : DEPENDENCIES.entrySet()) {
            String versions = project.getKey().equals(README) ? "" : VERSIONS.text();
            String dependencies = project.getValue().stream().map(Block::text).collect(Collectors.joining());
            write(project.getKey() + "/pom.xml", WAR.formatted(project.getKey(), "war", versions, dependencies));
            write(project.getKey() + "/src/main/java/shop/Shop.java", Shop.SOURCE.text());
            write(
                    project.getKey() + "/src/main/resources/META-INF/microprofile-config.properties",
                    Shop.SETTINGS.text());
        }
        REPOSITORY.build(DIRECTORY, "-T 2 clean package");
    }

    private static void write(String file, String text) throws IOException {
        Path path = DIRECTORY.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text, UTF_8);
    }
}
