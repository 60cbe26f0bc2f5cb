package dev.lockstep.docs;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A version that a page, a message or a class names is the one that a POM has, and all POMs have
 * the same.
 */
class VersionsTest {

    /** Tries newer versions on purpose. */
    private static final String NEWER = "rigs/newer/pom.xml";

    /** Of this group and artifact, all versions that POMs have. */
    private static final Map<String, Set<String>> POMS = Pom.all().stream()
            .filter(pom -> !pom.select("/project/artifactId").contains("newer"))
            .flatMap(pom -> pom.versions().stream())
            .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toSet())));

    /** Servers, among others: of these a rig may try several versions. */
    private static final Set<String> COPIED =
            Pom.all().stream().flatMap(pom -> pom.copied().stream()).collect(toSet());

    private static final Pattern COORDINATES =
            Pattern.compile("\\b([a-z][\\w.-]*\\.[\\w.-]+:[\\w.-]+):(\\d[\\w.-]*\\w)");
    private static final Pattern VERSION =
            Pattern.compile("(?<![\\w.:-])\\d+\\.\\d+\\.\\d+(?:[.-]\\w+)*(?![\\w.]*\\d)(?<![.-])");

    private static final Pattern SERVER =
            Pattern.compile("(WildFly|Payara Micro|Infinispan Server) (\\d+(?:\\.\\d+)*)");

    /**
     * Numbers with dots that are no versions of libraries: addresses, sections of standards,
     * versions of formats.
     */
    private static final String NO_VERSION =
            "\\d+\\.\\d+\\.\\d+\\.\\d+(?!\\.\\w)|(?:sections?|RFC \\d+,) [\\d.]+(?: and [\\d.]+)?"
                    + "|(?:keepachangelog\\.com/en/|maven\\.apache\\.org/POM/|<modelVersion>)[\\d.]+";

    /** What was installed on the machine that docs/performance.md is about. */
    private static final Set<String> MEASURED_WITH = Set.of("17.0.15", "0.9.6", "4.4.3");

    @Test
    void theVersionOfALibraryIsTheSameInAllPoms() {
        assertThat(POMS).allSatisfy((library, versions) -> assertThat(versions).hasSize(1));
    }

    @Test
    void coordinatesAreThoseOfThePoms() {
        assertThat(found(COORDINATES, "")
                        .filter(each -> !isOurs(each.group(1), each.group(2)))
                        .map(MatchResult::group))
                .isEmpty();
    }

    private static boolean isOurs(String library, String version) {
        return COPIED.contains(library + ":" + version)
                || POMS.getOrDefault(library, onClassPath(library)).equals(Set.of(version))
                || Pom.of(NEWER).versions().contains(Map.entry(library, version));
    }

    /** What comes with a library is in no POM of ours. */
    private static Set<String> onClassPath(String library) {
        String jar = library.substring(library.indexOf(':') + 1) + "-";
        return jars().filter(each -> each.startsWith(jar))
                .map(each -> each.substring(jar.length(), each.length() - ".jar".length()))
                .filter(version -> Character.isDigit(version.charAt(0)))
                .collect(toSet());
    }

    @Test
    void versionsAreThoseOfThePoms() {
        assertThat(found(VERSION, NO_VERSION)
                        .map(MatchResult::group)
                        .filter(each -> !MEASURED_WITH.contains(each) && !isOurs(each)))
                .isEmpty();
    }

    /** By their first numbers at least. */
    @Test
    void serversThatPagesNameAreThoseOfTheTests() {
        Pom servers = Pom.of("rigs/servers/pom.xml");
        Map<String, String> tested = Map.of(
                "WildFly", servers.property("wildfly.version"),
                "Payara Micro", servers.property("payara.version"),
                "Infinispan Server", Pom.read().property("infinispan.version"));
        assertThat(found(SERVER, ""))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(tested.get(each.group(1)) + ".")
                        .as(each.group())
                        .startsWith(each.group(2) + "."));
    }

    /** In what users read, and in all code, without the parts that match another pattern. */
    private static Stream<MatchResult> found(Pattern pattern, String without) {
        return Stream.of(
                        Block.pages().stream(),
                        Block.files(Path.of("src"), ".java"),
                        Block.files(Path.of("rigs"), ".java"))
                .flatMap(files -> files)
                .map(file -> Block.read(file).replaceAll(without, ""))
                .flatMap(text -> pattern.matcher(text).results());
    }

    private static boolean isOurs(String version) {
        return POMS.values().stream().anyMatch(versions -> versions.contains(version))
                || COPIED.stream().anyMatch(coordinates -> coordinates.endsWith(":" + version))
                || Pom.of(NEWER).versions().stream()
                        .anyMatch(newer -> newer.getValue().equals(version))
                || jars().anyMatch(jar -> jar.endsWith("-" + version + ".jar"));
    }

    private static Stream<String> jars() {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(classPath.split(File.pathSeparator))
                .map(each -> Path.of(each).getFileName().toString());
    }
}
