package dev.lockstep.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cdi.DeploymentSettings;
import dev.lockstep.config.KnownKeys;
import dev.lockstep.config.PrefixedSettings;
import dev.lockstep.config.Problems;
import dev.lockstep.spi.RevocationChannelProvider;
import dev.lockstep.spi.SessionCacheProvider;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.common.utils.ConfigSourceUtil;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * What a page prints is right for itself: it says which language it is in, Java compiles, settings
 * are accepted, XML parses and names the versions that the build uses. {@link EveryBlockTest} holds
 * that it is run as well.
 */
class BlocksTest {

    /** Its parts have their versions from its own POM. */
    private static final String QUARKUS = "io.quarkus";

    private static final Set<String> LANGUAGES = Set.of(
            "asadmin",
            "cli",
            "html",
            "ini",
            "java",
            "properties",
            "redis",
            "regex",
            "sh",
            "sql",
            "text",
            "toml",
            "xml");
    private static final Pattern PROFILE = Pattern.compile("\\./mvnw (?:[^\\s`]+ )*?-P([a-z-]+)");
    private static final Pattern OPTION =
            Pattern.compile("-D((?:bench|chaos|demo|it|model|scale|sim)\\.(?![ab]\\.)[a-z.-]+)");
    private static final Pattern INDENTED = Pattern.compile("(?m)^\\n {4,}\\S.*$");

    @Test
    void everyBlockIsFencedAndNamesItsLanguage() {
        assertThat(Block.pages()).allSatisfy(page -> {
            assertThat(Block.of(page)).allSatisfy(block -> assertThat(LANGUAGES).contains(block.language()));
            assertThat(INDENTED.matcher(outsideOfBlocks(page)).results())
                    .as(page.toString())
                    .isEmpty();
        });
    }

    private static String outsideOfBlocks(Path page) {
        String text = Block.read(page);
        for (Block block : Block.of(page)) {
            text = text.replace(block.text(), "");
        }
        return text;
    }

    static Stream<Block> java() {
        return Block.all("java");
    }

    /** Together with the whole files that the page printed before. */
    @ParameterizedTest
    @MethodSource
    void java(Block block, @TempDir Path classes) {
        Stream<String> files = Block.of(block.page(), "java").stream()
                .takeWhile(each -> !each.equals(block))
                .map(Block::text)
                .filter(Example::isFile);
        String last = Example.complete(block.text());
        Compiler.compile(classes, Stream.concat(files, Stream.of(last)).toArray(String[]::new));
    }

    /** Read together with what the page printed before. */
    static Stream<Block> properties() {
        return Block.all("properties");
    }

    @ParameterizedTest
    @MethodSource
    void properties(Block block) throws IOException {
        Properties settings = new Properties();
        for (Block earlier : Block.of(block.page(), "properties")) {
            settings.load(new StringReader(earlier.text().replace("${SHOP_KEY}", "A".repeat(43) + "=")));
            if (earlier.equals(block)) {
                break;
            }
        }
        Config config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        ConfigSourceUtil.propertiesToMap(settings), "META-INF/microprofile-config.properties", 100))
                .build();
        Problems problems = new Problems();
        var unused = DeploymentSettings.read(PrefixedSettings.ofDeployment(config, problems));
        keys().check(config, problems);
        assertThat(problems.messages()).isEmpty();
    }

    private static KnownKeys keys() {
        KnownKeys keys = new KnownKeys();
        keys.add(DeploymentSettings.SETTINGS);
        ServiceLoader.load(SessionCacheProvider.class).forEach(each -> keys.add(each.name(), each.settings()));
        ServiceLoader.load(RevocationChannelProvider.class).forEach(each -> keys.add(each.name(), each.settings()));
        return keys;
    }

    static Stream<Block> xml() {
        return Block.all("xml");
    }

    @ParameterizedTest
    @MethodSource
    void xml(Block block) throws Exception {
        NodeList dependencies = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader("<page>" + block.text() + "</page>")))
                .getElementsByTagName("dependency");
        for (int i = 0; i < dependencies.getLength(); i++) {
            Element dependency = (Element) dependencies.item(i);
            if (text(dependency, "groupId").startsWith(QUARKUS)) {
                continue;
            }
            Set<String> imported = versions(text(dependency, "groupId"), text(dependency, "artifactId"));
            String printed = text(dependency, "version");
            assertThat(printed.isEmpty() ? imported : Set.of(printed))
                    .as(text(dependency, "artifactId"))
                    .isEqualTo(imported)
                    .hasSize(1);
        }
    }

    private static Set<String> versions(String groupId, String artifactId) {
        return new HashSet<>(Pom.read()
                .select("/project/dependencyManagement/dependencies/dependency[groupId='%s'][artifactId='%s']/version"
                        .formatted(groupId, artifactId)));
    }

    /** Empty if there is none. */
    private static String text(Element element, String name) {
        Node found = element.getElementsByTagName(name).item(0);
        return found == null ? "" : found.getTextContent();
    }

    /** In a block or in the text. */
    static Stream<Path> pages() {
        return Block.pages().stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theBuildHasTheProfilesAndOptionsThatAPageNames(Path page) {
        assertThat(Pom.of("rigs/pom.xml").select("//profile/id")).containsAll(all(PROFILE, page));
        assertThat(poms(pom -> pom.names("//properties/*"))).containsAll(all(OPTION, page));
    }

    private static List<String> poms(Function<Pom, List<String>> what) {
        return Pom.all().stream().flatMap(pom -> what.apply(pom).stream()).toList();
    }

    private static List<String> all(Pattern pattern, Path page) {
        return pattern.matcher(Block.read(page))
                .results()
                .map((MatchResult each) -> each.group(1))
                .toList();
    }
}
