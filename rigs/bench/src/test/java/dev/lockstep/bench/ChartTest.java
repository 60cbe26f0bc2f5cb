package dev.lockstep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTest {

    private static final Row OURS = new Row("lockstep near hit", 100, "ns/op");
    private static final Row TENFOLD = new Row("ten times", 1_000, "ns/op");
    private static final Row HUNDREDFOLD = new Row("Spring & <others>", 10_000, "ns/op");

    private static List<String> bars(Row... rows) {
        return new Chart("", List.of(rows))
                .svg()
                .lines()
                .filter(line -> line.startsWith("<rect x"))
                .toList();
    }

    private static double length(String bar) {
        return Double.parseDouble(bar.replaceAll(".*width=\"([0-9.]+)\".*", "$1"));
    }

    @Test
    void lengthsAreLogarithms() {
        List<String> bars = bars(OURS, TENFOLD, HUNDREDFOLD);
        assertThat(bars).hasSize(3);
        double step = length(bars.get(1)) - length(bars.get(0));
        assertThat(step).isPositive();
        assertThat(length(bars.get(2)) - length(bars.get(1))).isBetween(step - 1, step + 1);
    }

    @Test
    void oursHasAColourOfItsOwn() {
        List<String> bars = bars(OURS, TENFOLD, HUNDREDFOLD);
        String colour = bars.get(0).replaceAll(".*fill=", "");
        assertThat(bars.subList(1, 3)).noneMatch(bar -> bar.endsWith(colour));
    }

    @Test
    void whatHasAnotherUnitIsLeftOut() {
        assertThat(bars(OURS, new Row("heap", 5, "bytes"))).hasSize(1);
    }

    @Test
    void titleAndNamesAreEscaped() {
        assertThat(new Chart("Which & why", List.of(HUNDREDFOLD)).svg())
                .contains("Which &amp; why: ns/op", "Spring &amp; &lt;others>");
    }
}
