package dev.lockstep.it.howto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.docs.Block;
import dev.lockstep.docs.Compiler;
import dev.lockstep.it.Deployments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.FileAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The application that the README prints. */
final class Shop {

    private static final Path README = Path.of("README.md");
    private static final Pattern STATUS = Pattern.compile("(?m)^HTTP/1.1 (\\d{3})");
    private static final Pattern EXPECTED_STATUS = Pattern.compile("# (\\d{3})");
    private static final int PATIENCE_SECONDS = 60;

    private Shop() {}

    /** As printed. */
    static WebArchive war(String name) {
        return war(name, "");
    }

    /**
     * As printed, with further settings, and classes.
     *
     * @param settings lines that follow the README's
     * @param sources of more classes
     */
    static WebArchive war(String name, String settings, String... sources) {
        try {
            Path classes = Files.createTempDirectory(Path.of("target"), "shop");
            List<String> all = new ArrayList<>(List.of(sources));
            all.add(0, only("java"));
            Compiler.compile(classes, all.toArray(String[]::new));
            WebArchive war = ShrinkWrap.create(WebArchive.class, name + ".war");
            addClasses(classes, war);
            return Deployments.withLockstep(war, only("properties") + settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a WAR to a directory. */
    static Path export(WebArchive war, Path directory) {
        Path file = directory.resolve(war.getName());
        war.as(ZipExporter.class).exportTo(file.toFile());
        return file;
    }

    /** Runs the README's commands and compares the answers with what is said behind each. */
    static void runCommands(int port) throws IOException, InterruptedException {
        String commands = only("sh").replace("localhost:8080", "127.0.0.1:" + port);
        Path output = Files.createTempFile(Path.of("target"), "shop", ".log");
        Process bash = new ProcessBuilder("bash", "-e", "-c", commands)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = bash.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        bash.destroyForcibly().waitFor();
        String answers = Files.readString(output, UTF_8);
        assertThat(ended).as(answers).isTrue();
        assertThat(all(STATUS, answers)).as(answers).isEqualTo(all(EXPECTED_STATUS, commands));
        assertThat(answers).contains("alice");
    }

    private static void addClasses(Path classes, WebArchive war) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            files.filter(Files::isRegularFile)
                    .forEach(file ->
                            war.add(new FileAsset(file.toFile()), "WEB-INF/classes/" + classes.relativize(file)));
        }
    }

    private static String only(String language) {
        List<Block> blocks = Block.of(README, language);
        assertThat(blocks).as(language).hasSize(1);
        return blocks.get(0).text();
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult each) -> each.group(1))
                .toList();
    }
}
