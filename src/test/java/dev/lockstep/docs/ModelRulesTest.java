package dev.lockstep.docs;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Member;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each rule of the models is bound to the code that keeps it, and to what would see it broken
 * there: the tables of the page name what there is, and leave nothing out.
 */
class ModelRulesTest {

    private static final Path PAGE = Path.of("docs/internals/models.md");
    private static final Path MODELS = Path.of("rigs/model");
    private static final Path SLIPS = Path.of("rigs/sim/src/test/java/dev/lockstep/sim/weave/Slip.java");
    private static final Path BROKEN_RULES =
            Path.of("rigs/chaos/src/test/java/dev/lockstep/chaos/agent/BrokenRule.java");

    private static final Pattern SECTION = Pattern.compile("(?ms)^### `(\\w+)`$(.*?)(?=^##|\\z)");
    private static final Pattern UNTESTED = Pattern.compile("(?ms)^## Rules without a test$(.*?)^## ");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ((?!rule |mutation |---).*) \\|$");
    private static final Pattern MUTATION = Pattern.compile("`([A-Z_]+)`");
    private static final Pattern BROKEN = Pattern.compile("`([a-z]+(?:-[a-z]+)*)`");
    private static final Pattern MEMBER = Pattern.compile("\\[`([\\w.]+)`]\\(\\.\\./\\.\\./([^)]+)\\.java\\)");
    private static final Pattern MACRO = Pattern.compile("\\bMUT_(\\w+)");
    private static final Pattern CONSTANT = Pattern.compile("(?m)^    ([A-Z_]+)\\($|^    ([A-Z_]+)\\(\\S");

    private static final String PRODUCT = "src/main/java/";
    private static final String TESTS = "src/test/java/";

    private static final int CODE = 1;
    private static final int TEST = 2;
    private static final int SIMULATION = 3;
    private static final int FAULT_TEST = 4;

    @Test
    void eachMutationOfAModelHasARowOfItsOwn() {
        List<String> rows = sections()
                .flatMap(section -> rows(section.group(2)).map(row -> section.group(1) + " " + mutation(row)))
                .toList();

        assertThat(rows).containsExactlyInAnyOrderElementsOf(mutations());
    }

    @Test
    void theCodeThatIsNamedIsThere() {
        assertThat(allRows().filter(row -> !allAreThere(row.get(CODE), PRODUCT)))
                .isEmpty();
    }

    @Test
    void theTestsThatAreNamedAreThere() {
        assertThat(allRows()
                        .filter(row -> members(row.get(TEST)).findAny().isPresent())
                        .filter(row -> !allAreThere(row.get(TEST), TESTS)))
                .isEmpty();
    }

    @Test
    void whereThereIsNoTestThePageSaysWhy() {
        Set<String> without = sections()
                .flatMap(section -> rows(section.group(2)))
                .filter(row -> members(row.get(TEST)).findAny().isEmpty())
                .map(ModelRulesTest::mutation)
                .collect(toSet());
        MatchResult explained = UNTESTED.matcher(page()).results().findFirst().orElseThrow();

        assertThat(found(MUTATION, explained.group(1))).containsAll(without);
    }

    @Test
    void eachSlipOfTheSimulationBreaksARule() {
        assertThat(named(SIMULATION)).isEqualTo(constants(SLIPS));
    }

    @Test
    void eachBrokenRuleOfTheFaultTestIsOne() {
        assertThat(named(FAULT_TEST)).isEqualTo(constants(BROKEN_RULES));
    }

    private static String page() {
        return Block.read(PAGE);
    }

    private static Stream<MatchResult> sections() {
        return SECTION.matcher(page()).results();
    }

    private static Stream<List<String>> allRows() {
        return rows(page());
    }

    private static Stream<List<String>> rows(String text) {
        return ROW.matcher(text).results().map(row -> List.of(row.group(1).split(" \\| ")));
    }

    private static String mutation(List<String> row) {
        return row.get(0).replace("`", "");
    }

    /** Of all models, each with its model's name. */
    private static List<String> mutations() {
        return Block.files(MODELS, ".pml")
                .flatMap(model -> found(MACRO, Block.read(model)).stream()
                        .map(name -> model.getFileName().toString().replace(".pml", " ") + name))
                .toList();
    }

    private static Set<String> named(int column) {
        Set<String> named = new TreeSet<>();
        allRows().forEach(row -> named.addAll(found(BROKEN, row.get(column))));
        return named;
    }

    /** As they are spelt on the command line. */
    private static Set<String> constants(Path source) {
        Set<String> constants = new TreeSet<>();
        CONSTANT.matcher(Block.read(source))
                .results()
                .map(each -> each.group(1) == null ? each.group(2) : each.group(1))
                .forEach(name -> constants.add(spelt(name)));
        return constants;
    }

    private static String spelt(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        pattern.matcher(text).results().forEach(each -> found.add(each.group(1)));
        return found;
    }

    private static Stream<MatchResult> members(String cell) {
        return MEMBER.matcher(cell).results();
    }

    /** Whether the cell names something, and all of it is there; a rig is read as text. */
    private static boolean allAreThere(String cell, String root) {
        List<MatchResult> members = members(cell).toList();
        return !members.isEmpty()
                && members.stream()
                        .allMatch(member -> member.group(2).startsWith(root)
                                ? isThere(member.group(1), member.group(2).substring(root.length()))
                                : member.group(2).startsWith("rigs/jcstress/")
                                        && isThere(member.group(1), Path.of(member.group(2) + ".java")));
    }

    /** @param name a class, and what is declared in it */
    private static boolean isThere(String name, String file) {
        List<String> parts = List.of(name.split("\\."));
        try {
            Class<?> type = Class.forName(file.replace('/', '.'), false, ModelRulesTest.class.getClassLoader());
            for (String nested : parts.subList(1, parts.size() - 1)) {
                type = Class.forName(type.getName() + "$" + nested, false, type.getClassLoader());
            }
            return file.endsWith("/" + parts.get(0)) && declares(type, parts.get(parts.size() - 1));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static boolean declares(Class<?> type, String name) {
        return Stream.<Member[]>of(type.getDeclaredMethods(), type.getDeclaredFields())
                .flatMap(Arrays::stream)
                .map(Member::getName)
                .anyMatch(name::equals);
    }

    private static boolean isThere(String name, Path source) {
        return Block.read(source).contains("class " + name.substring(name.indexOf('.') + 1) + " ");
    }
}
