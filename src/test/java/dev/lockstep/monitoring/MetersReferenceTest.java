package dev.lockstep.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The reference has the meters that are defined.
 * {@code ./mvnw -f . test -Dtest=MetersReferenceTest -Dmeters.write} writes it again.
 */
class MetersReferenceTest {

    private static final Path PAGE = Path.of("docs/reference/meters.md");
    private static final Pattern TABLE = Pattern.compile("(?s)(<!-- meters -->\\n).*(<!-- end of meters -->)");
    private static final boolean WRITE = System.getProperty("meters.write") != null;

    private final List<MeterSeries> series =
            new PublishedNode("shop", null).meters().series();

    @Test
    void thePageHasTheMetersThatAreDefined() throws IOException {
        String expected = TABLE.matcher(Files.readString(PAGE))
                .replaceAll(table -> Matcher.quoteReplacement(table.group(1) + table() + table.group(2)));
        if (WRITE) {
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(expected).contains(PrometheusNames.of(Meters.VALIDATIONS));
    }

    @Test
    void namesAndDescriptionsHaveTheFormOfTheirConventions() {
        assertThat(Meters.ALL)
                .allMatch(meter -> meter.name().matches("lockstep(\\.[a-z]+)+"))
                .allMatch(meter -> meter.unit().equals("s") || meter.unit().matches("\\{[a-z]+}"))
                .allMatch(meter -> meter.tags().stream().allMatch(tag -> tag.matches("[a-z]+")))
                .allMatch(meter ->
                        !meter.description().isBlank() && !meter.description().endsWith("."))
                .allMatch(meter ->
                        (meter.kind() == Meter.Kind.TIMER) == !meter.bounds().isEmpty())
                .extracting(Meter::name)
                .doesNotHaveDuplicates();
    }

    private String table() {
        return Meters.ALL.stream()
                .map(this::row)
                .collect(Collectors.joining(
                        "",
                        "| meter | in Prometheus | kind | tags | what it is |\n| --- | --- | --- | --- | --- |\n",
                        ""));
    }

    private String row(Meter meter) {
        String unit = meter.isSeconds() ? "seconds" : meter.unit().replaceAll("[{}]", "");
        String kind = meter.kind().name().toLowerCase(Locale.ROOT);
        return "| `" + meter.name() + "` | `" + PrometheusNames.of(meter) + "` | " + kind + ", " + unit + " |"
                + tags(meter) + " | " + meter.description() + " |\n";
    }

    private String tags(Meter meter) {
        return meter.tags().stream()
                .map(tag -> " `" + tag + "`: " + values(meter, tag))
                .collect(Collectors.joining(";"));
    }

    private String values(Meter meter, String tag) {
        return series.stream()
                .filter(each -> each.meter() == meter)
                .map(each -> "`" + each.tags().get(tag) + "`")
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
