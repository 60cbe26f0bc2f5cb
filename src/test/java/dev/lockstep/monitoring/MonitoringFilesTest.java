package dev.lockstep.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The dashboard and the rules ask for what there is. Whether they mean what they should is tried by
 * {@code ./mvnw -Pprometheus verify}.
 */
class MonitoringFilesTest {

    private static final Path FOLDER = Path.of("docs/monitoring");
    private static final Pattern EXPRESSION = Pattern.compile("(?m)^ +expr: (?:\\|\\n((?: {10}.*\\n)+)|([^|].*)$)");
    private static final Pattern RECORD = Pattern.compile("record: (\\S+)");
    private static final Pattern ALERT = Pattern.compile("(?s)- alert: (\\w+)\\n(.*?runbook_url: \\S+)");
    private static final Pattern NAME = Pattern.compile("lockstep[_:][\\w:]+");
    private static final Pattern SELECTOR = Pattern.compile("(lockstep[_:][\\w:]+)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|=)\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("(?:by|without) \\(([^)]*)\\)");
    private static final int COLUMNS = 24;

    private final List<MeterSeries> series =
            new PublishedNode("shop", null).meters().series();

    @Test
    void eachExpressionNamesMetersAndTagsThatThereAre() throws IOException {
        Set<String> known = Stream.concat(Meters.ALL.stream().flatMap(PrometheusNames::all), recorded())
                .collect(Collectors.toSet());
        List<String> expressions = Stream.concat(rules(), targets()).toList();

        assertThat(expressions).hasSizeGreaterThan(40).allSatisfy(expression -> {
            assertThat(all(NAME, expression)).isNotEmpty().isSubsetOf(known);
            all(GROUPING, expression)
                    .flatMap(labels -> Stream.of(labels.split(", ?")))
                    .forEach(label -> assertThat(PrometheusNames.labels()).contains(label));
            SELECTOR.matcher(expression).results().forEach(this::assertSelectsSomething);
        });
    }

    @Test
    void eachMeterOfAServiceLevelIsInAnAlertAndEachAlertSaysWhatItIs() throws IOException {
        List<MatchResult> alerts =
                ALERT.matcher(text("lockstep-rules.yml")).results().toList();
        String tests = text("lockstep-rules-test.yml");

        assertThat(alerts).hasSizeGreaterThan(8).allSatisfy(alert -> {
            assertThat(alert.group(2)).contains("severity: ", "summary: ", "description: ");
            assertThat(tests).contains("alertname: " + alert.group(1));
        });
    }

    @Test
    void messagesThatAlertsNameAreThere() throws IOException {
        String messages = Files.readString(Path.of("docs/reference/messages.md"));
        assertThat(all(Pattern.compile("LOCKSTEP-\\d+"), text("lockstep-rules.yml")))
                .isNotEmpty()
                .allMatch(number -> messages.contains("| " + number + " |"));
    }

    @Test
    void noTwoPanelsShareAPlaceOrANumber() throws IOException {
        Set<Integer> numbers = new HashSet<>();
        Set<String> places = new HashSet<>();
        for (JsonObject panel : panels()) {
            assertThat(numbers.add(panel.getInt("id"))).isTrue();
            JsonObject place = panel.getJsonObject("gridPos");
            assertThat(place.getInt("x") + place.getInt("w")).isLessThanOrEqualTo(COLUMNS);
            for (int x = 0; x < place.getInt("w"); x++) {
                for (int y = 0; y < place.getInt("h"); y++) {
                    assertThat(places.add((place.getInt("x") + x) + "," + (place.getInt("y") + y)))
                            .as(panel.getString("title"))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void panelsAskTheDataSourceThatIsChosen() throws IOException {
        assertThat(dashboard().getInt("schemaVersion")).isPositive();
        assertThat(dashboard().getString("uid")).isEqualTo("lockstep");
        assertThat(panels()).filteredOn(panel -> !isRow(panel)).allSatisfy(panel -> {
            assertThat(panel.getString("title")).isNotBlank();
            assertThat(panel.getJsonObject("datasource").getString("uid")).isEqualTo("${datasource}");
            assertThat(panel.getJsonArray("targets")).isNotEmpty();
        });
    }

    /** Labels are those of the meter, and values are among those that its series have. */
    private void assertSelectsSomething(MatchResult selector) {
        MATCHER.matcher(selector.group(2)).results().forEach(matcher -> {
            assertThat(PrometheusNames.labels()).contains(matcher.group(1));
            if (matcher.group(2).equals("=")) {
                assertThat(values(selector.group(1), matcher.group(1)))
                        .as(selector.group())
                        .contains(matcher.group(3));
            }
        });
    }

    private Stream<String> values(String name, String label) {
        return series.stream()
                .filter(each -> PrometheusNames.all(each.meter()).anyMatch(name::equals))
                .map(each -> each.tags().get(label));
    }

    private static Stream<String> rules() throws IOException {
        return EXPRESSION
                .matcher(text("lockstep-rules.yml"))
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1));
    }

    private static Stream<String> recorded() throws IOException {
        return RECORD.matcher(text("lockstep-rules.yml")).results().map(found -> found.group(1));
    }

    private static Stream<String> targets() throws IOException {
        return panels().stream()
                .filter(panel -> !isRow(panel))
                .flatMap(panel -> panel.getJsonArray("targets").stream())
                .map(target -> target.asJsonObject().getString("expr"));
    }

    private static boolean isRow(JsonObject panel) {
        return panel.getString("type").equals("row");
    }

    private static List<JsonObject> panels() throws IOException {
        return dashboard().getJsonArray("panels").stream()
                .map(JsonValue::asJsonObject)
                .toList();
    }

    private static JsonObject dashboard() throws IOException {
        try (JsonReader reader = Json.createReader(new StringReader(text("lockstep-dashboard.json")))) {
            return reader.readObject();
        }
    }

    private static Stream<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.groupCount() == 0 ? found.group() : found.group(1));
    }

    private static String text(String file) throws IOException {
        return Files.readString(FOLDER.resolve(file));
    }
}
