package dev.lockstep.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GrowthTest {

    private static Growth of(Map<Long, Double> values) {
        return new Growth("find", new TreeMap<>(values));
    }

    @Test
    void whatDoesNotGrowIsMultipliedByOne() {
        assertThat(of(Map.of(10L, 7.0, 100L, 7.0, 1000L, 7.0)).perFactorTen()).isCloseTo(1, within(1e-9));
    }

    @Test
    void whatGrowsWithTheSizeIsMultipliedByTen() {
        assertThat(of(Map.of(100L, 3.0, 1000L, 30.0)).perFactorTen()).isCloseTo(10, within(1e-9));
    }

    @Test
    void aPowerIsFoundBetweenSizesThatAreNotPowersOfTen() {
        Growth root = of(Map.of(4L, 2.0, 9L, 3.0, 25L, 5.0));
        assertThat(root.perFactorTen()).isCloseTo(Math.sqrt(10), within(1e-9));
    }

    @Test
    void oneValueAsideOfTheLineCountsInPart() {
        // the logarithms 0, 0, 1: their line rises by a half each time
        assertThat(of(Map.of(1L, 1.0, 10L, 1.0, 100L, 10.0)).perFactorTen()).isCloseTo(Math.sqrt(10), within(1e-9));
    }

    @Test
    void paperGoesOnFromTheGreatestSize() {
        Growth growth = of(Map.of(1L, 1.0, 10L, 1.0, 100L, 10.0));
        assertThat(growth.at(100)).isCloseTo(10, within(1e-9));
        assertThat(growth.at(10_000)).isCloseTo(100, within(1e-9));
    }

    @Test
    void oneSizeHasNoGrowth() {
        assertThat(of(Map.of(10L, 7.0)).perFactorTen()).isNaN();
    }

    @Test
    void aLineOfTheTableHasAllOfIt() {
        assertThat(of(Map.of(100L, 3.0, 1000L, 30.0)).line(10_000))
                .containsSubsequence("find", " 3 ", " 30 ", "× 10.00", "10,000", " 300");
    }
}
