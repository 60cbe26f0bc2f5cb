package dev.lockstep.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lockstep.contract.MapSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {

    private static final Setting<Duration> PERIOD =
            Setting.of("period", Values.duration("10ms", "2m"), "5s", "how often");

    private enum Size {
        SMALL,
        LARGE
    }

    @Test
    void aDefaultIsOneOfTheValues() {
        assertThat(PERIOD.byDefault()).isEqualTo(Duration.ofSeconds(5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Setting.of("period", Values.duration("10ms", "2m"), "3m", "how often"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Setting.of("size", Values.choice(Size.class), "medium", "how large"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Cache", "a b", ".a", "a.", "a..b", "a_b", "lockstep.x="})
    void aNameIsOneThatEverySourceCanHave(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Setting.of(name, Values.flag(), "true", "whether"));
    }

    @Test
    void whatIsNotSetIsTheDefault() {
        assertThat(new MapSettings(Map.of()).get(PERIOD)).isEqualTo(Duration.ofSeconds(5));
        assertThat(new MapSettings(Map.of()).get(Setting.optional("a", Values.number(1, 2), "a number")))
                .isEmpty();
        assertThat(new MapSettings(Map.of())
                        .get(Setting.of("a", Values.list("names", String::toString), "x,y", "names")))
                .containsExactly("x", "y");
        assertThat(new MapSettings(Map.of()).written(PERIOD)).isEmpty();
    }

    @Test
    void whatCannotBeUsedIsReportedAndTheDefaultIsTaken() {
        MapSettings settings = new MapSettings(Map.of("period", "soon"));

        assertThat(settings.get(PERIOD)).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.problems())
                .containsExactly("period=soon: a duration from PT0.01S to PT2M, such as PT2S, 2s, 15m");
    }

    @Test
    void whatDependsOnOthersHasTheSameKey() {
        Setting<Optional<Duration>> declared = Setting.optional("period", Values.duration("10ms", "1h"), "how often")
                .whereUnset("a quarter of the lease");
        Setting<Duration> read = declared.as(Values.duration("10ms", "1m"), Duration.ofMillis(500));

        assertThat(new MapSettings(Map.of()).get(read)).isEqualTo(Duration.ofMillis(500));
        assertThat(new MapSettings(Map.of("period", "1s")).get(read)).isEqualTo(Duration.ofSeconds(1));
        MapSettings tooLong = new MapSettings(Map.of("period", "30m"));
        assertThat(tooLong.get(read)).isEqualTo(Duration.ofMillis(500));
        assertThat(tooLong.problems()).hasSize(1);
        assertThat(declared.shownDefault()).isEqualTo("a quarter of the lease");
    }

    @Test
    void aChoiceIsWrittenInLowerCase() {
        Setting<Size> size = Setting.of("size", Values.choice(Size.class), "small", "how large");

        assertThat(new MapSettings(Map.of("size", "large")).get(size)).isEqualTo(Size.LARGE);
        MapSettings other = new MapSettings(Map.of("size", "LARGE"));
        assertThat(other.get(size)).isEqualTo(Size.SMALL);
        assertThat(other.problems()).containsExactly("size=LARGE: large, small");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "11", "-1", "1.5", "0x1", "ten", "99999999999999999999"})
    void aNumberIsWholeAndWithinItsBounds(String text) {
        MapSettings settings = new MapSettings(Map.of("number", text));

        assertThat(settings.get(Setting.of("number", Values.number(1, 10), "3", "how many")))
                .isEqualTo(3);
        assertThat(settings.problems()).containsExactly("number=" + text + ": a whole number from 1 to 10");
    }

    @Test
    void boundsAreAmongTheValues() {
        Setting<Integer> number = Setting.of("number", Values.number(1, 10), "3", "how many");

        assertThat(new MapSettings(Map.of("number", "1")).get(number)).isEqualTo(1);
        assertThat(new MapSettings(Map.of("number", "10")).get(number)).isEqualTo(10);
        assertThat(new MapSettings(Map.of("period", "10ms")).get(PERIOD)).isEqualTo(Duration.ofMillis(10));
        assertThat(new MapSettings(Map.of("period", "2m")).get(PERIOD)).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void aTextIsReadAsItIsWritten() {
        Setting<String> greeting = Setting.of("greeting", Values.text("any words"), "good day", "what is said");

        assertThat(greeting.byDefault()).isEqualTo("good day");
        assertThat(new MapSettings(Map.of("greeting", "Hello")).get(greeting)).isEqualTo("Hello");
        assertThat(greeting.values().accepted()).isEqualTo("any words");
    }

    /** From which the reference is made, and what editors propose. */
    @Test
    void aDeclarationTellsAllThatTheReferenceShows() {
        Setting<Duration> renamed = PERIOD.formerly("interval");

        assertThat(renamed).hasToString("period");
        assertThat(renamed.meaning()).isEqualTo("how often");
        assertThat(renamed.values().range()).isEqualTo("10ms to 2m");
        assertThat(renamed.formerNames()).containsExactly("interval");
        assertThat(PERIOD.formerNames()).isEmpty();
        assertThat(PERIOD.mayBeEmpty()).isFalse();
        assertThat(PERIOD.orEmpty().mayBeEmpty()).isTrue();
        assertThat(Setting.all(List.of(PERIOD), List.of(renamed))).containsExactly(PERIOD, renamed);
    }

    @Test
    void aListThatIsEmptyByDefaultHasNoElement() {
        assertThat(Setting.of("names", Values.list("names", String::toString), "", "names")
                        .byDefault())
                .isEmpty();
    }

    @Test
    void whatIsWrongWithAnElementOfAListIsReportedByItself() {
        Setting<List<Integer>> numbers =
                Setting.of("numbers", Values.list("numbers", Integer::valueOf), "1,2", "which ones");
        MapSettings settings = new MapSettings(Map.of("numbers", "3,x,4,y"));

        assertThat(settings.get(numbers)).containsExactly(3, 4);
        assertThat(settings.problems()).containsExactly("numbers=x: numbers", "numbers=y: numbers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Setting.of("numbers", Values.list("numbers", Integer::valueOf), "1,x", "which ones"));
    }

    @Test
    void anElementMayHaveCommasInIt() {
        Setting<List<Integer>> sums = Setting.of(
                "sums",
                Values.list(
                        "pairs",
                        texts -> List.of(texts.subList(0, 2), texts.subList(2, 4)),
                        pair -> pair.stream().mapToInt(Integer::parseInt).sum()),
                "1,2,3,4",
                "sums of pairs");

        assertThat(sums.byDefault()).containsExactly(3, 7);
        MapSettings settings = new MapSettings(Map.of("sums", "1,2,x,4"));
        assertThat(settings.get(sums)).containsExactly(3);
        assertThat(settings.problems()).containsExactly("sums=x,4: pairs");
    }

    /** Somebody relies on it. */
    @Test
    void aSettingThatNothingLooksAtIsRefusedWhereItIsSet() {
        Setting<List<String>> names = Setting.of("names", Values.list("names", String::toString), "", "names");
        MapSettings settings = new MapSettings(Map.of("names", "a,b"));

        settings.refuse(names, "nothing without names");
        settings.refuse(PERIOD, "nothing without names");
        assertThat(settings.problems()).containsExactly("names=a,b: nothing without names");
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "PT0S,0",
        "500ms,500ms",
        "1500ms,1500ms",
        "PT2S,2s",
        "90s,90s",
        "PT24H,1d",
        "3650d,3650d",
        "PT1H30M,90m",
        "PT0.0005S,PT0.0005S"
    })
    void aDurationIsShownInTheLongestUnitOfWhichItIsAWholeNumber(String text, String shown) {
        assertThat(Durations.shown(Durations.parse(text))).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1s", "1", "1.5s", "5 weeks", "2S"})
    void whatIsNoDurationIsNotRead(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(text));
    }
}
