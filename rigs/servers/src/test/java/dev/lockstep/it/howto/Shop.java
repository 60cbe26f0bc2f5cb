package dev.lockstep.it.howto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.docs.Block;
import dev.lockstep.docs.Script;
import dev.lockstep.it.Deployments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The application that the README prints. */
final class Shop {

    static final Block SETTINGS = Block.printed("README.md", "properties", 1);
    static final Block SOURCE = Block.printed("README.md", "java", 1);
    private static final Block COMMANDS = Block.printed("README.md", "sh", 1);
    private static final Pattern STATUS = Pattern.compile("(?m)^HTTP/1.1 (\\d{3})");
    private static final Pattern EXPECTED_STATUS = Pattern.compile("# (\\d{3})");

    private Shop() {}

    /** As printed. */
    static WebArchive war(String name) throws IOException, InterruptedException {
        return war(name, "");
    }

    /**
     * As printed, with further settings, and classes.
     *
     * @param settings lines that follow the README's
     * @param sources of more classes
     */
    static WebArchive war(String name, String settings, String... sources) throws IOException, InterruptedException {
        WebArchive war = warWith(PrintedProjects.README, name, settings);
        return sources.length == 0 ? war : Deployments.addSources(war, sources);
    }

    /**
     * As printed, with further settings, and the dependencies of a page.
     *
     * @param project whose they are
     */
    static WebArchive warWith(String project, String name, String settings) throws IOException, InterruptedException {
        return ShrinkWrap.create(ZipImporter.class, name + ".war")
                .importFrom(PrintedProjects.war(project).toFile())
                .as(WebArchive.class)
                .addAsResource(new StringAsset(SETTINGS.text() + settings), "META-INF/microprofile-config.properties");
    }

    /** Writes a WAR to a directory. */
    static Path export(WebArchive war, Path directory) {
        Path file = directory.resolve(war.getName());
        war.as(ZipExporter.class).exportTo(file.toFile());
        return file;
    }

    /**
     * Runs the README's commands on an application and compares the answers with what is said
     * behind each.
     */
    static void runCommands(int port, String name) throws IOException, InterruptedException {
        String answers = new Script(COMMANDS)
                .replace("localhost:8080/shop/", "127.0.0.1:" + port + "/" + name + "/")
                .run();
        assertThat(all(STATUS, answers)).as(answers).isEqualTo(all(EXPECTED_STATUS, COMMANDS.text()));
        assertThat(answers).contains("alice");
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult each) -> each.group(1))
                .toList();
    }
}
