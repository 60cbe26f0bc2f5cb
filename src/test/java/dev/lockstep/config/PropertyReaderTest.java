package dev.lockstep.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is set in vain is a problem, whatever the server's implementation of MicroProfile Config
 * makes of it.
 */
class PropertyReaderTest {

    private static final String KEY = "lockstep.web.protect";

    private final Problems problems = new Problems();

    enum Implementation {
        STRICT(sources -> new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(sources)
                .build()),
        LENIENT(LenientConfig::new);

        private final Function<List<ConfigSource>, Config> maker;

        Implementation(Function<List<ConfigSource>, Config> maker) {
            this.maker = maker;
        }

        PropertyReader read(Problems problems, ConfigSource... sources) {
            return new PropertyReader(maker.apply(List.of(sources)), problems);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatNobodySetIsNotSet(Implementation config) {
        PropertyReader reader = config.read(problems, file(Map.of()));

        assertThat(reader.text(KEY)).isEmpty();
        assertThat(reader.list(KEY)).isEmpty();
        assertThat(problems.messages()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anUndefinedExpressionIsAProblemThatNamesIt(Implementation config) {
        for (String value :
                List.of("${shop.api}/*", "/a/*,${shop.api}", "/a/*,${shop.api}/*", "/a${shop.api}/*", "${shop.api}")) {
            Problems found = new Problems();
            config.read(found, file(Map.of(KEY, value))).list(KEY);

            assertThat(found.messages())
                    .as(value)
                    .singleElement()
                    .asString()
                    .startsWith("LOCKSTEP-0007 " + KEY + " (from ")
                    .contains('"' + value + '"', "not defined: shop.api");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anExpressionThatIsUndefinedBehindAnotherIsAProblemToo(Implementation config) {
        config.read(problems, file(Map.of(KEY, "/a/*,${b}", "b", "/b${c}/*"))).list(KEY);

        assertThat(problems.messages()).singleElement().asString().contains("not defined: c");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDefinedIsExpanded(Implementation config) {
        PropertyReader reader = config.read(
                problems, file(Map.of(KEY, "${a}/*,${nothing:/b}/*", "a", "/a", "lockstep.cache", " memory ")));

        assertThat(reader.list(KEY)).containsExactly("/a/*", "/b/*");
        assertThat(reader.text("lockstep.cache")).contains("memory");
        assertThat(problems.messages()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyValueIsAProblemThatNamesItsSource(Implementation config) {
        for (String value : List.of("", "  ", "${nothing:}")) {
            Problems found = new Problems();
            config.read(found, file(Map.of(KEY, value))).text(KEY);

            assertThat(found.messages()).as(value).singleElement().asString().contains("LOCKSTEP-0006 " + KEY, "file");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyValueHidesNoOther(Implementation config) {
        config.read(problems, file(Map.of(KEY, "/api/*")), environment(Map.of(KEY, "")))
                .list(KEY);

        assertThat(problems.messages()).singleElement().asString().contains("LOCKSTEP-0006 " + KEY, "environment");
    }

    /** A library's file and the application's, say. */
    @ParameterizedTest
    @EnumSource
    void anEmptyValueOfEqualWeightIsAProblemWhicheverTheServerPrefers(Implementation config) {
        ConfigSource set = file(Map.of(KEY, "/api/*"));
        ConfigSource blank = new PropertiesConfigSource(Map.of(KEY, ""), "blank", set.getOrdinal());
        for (List<ConfigSource> sources : List.of(List.of(set, blank), List.of(blank, set))) {
            Problems found = new Problems();
            config.read(found, sources.toArray(ConfigSource[]::new)).list(KEY);

            assertThat(found.messages()).singleElement().asString().contains("LOCKSTEP-0006 " + KEY, "blank");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyValueOfLessWeightIsOverridden(Implementation config) {
        PropertyReader reader = config.read(problems, file(Map.of(KEY, "")), environment(Map.of(KEY, "/api/*")));

        assertThat(reader.list(KEY)).containsExactly("/api/*");
        assertThat(problems.messages()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyElementIsAProblem(Implementation config) {
        for (String value : List.of("/a/*,,/b/*", "/a/*,", ",", "/a/*,${nothing:}")) {
            Problems found = new Problems();
            config.read(found, file(Map.of(KEY, value))).list(KEY);

            assertThat(found.messages())
                    .as(value)
                    .singleElement()
                    .asString()
                    .startsWith("LOCKSTEP-0009 An element of " + KEY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aListMayHaveIndexes(Implementation config) {
        PropertyReader reader = config.read(problems, file(Map.of(KEY + "[1]", "/b/*", KEY + "[0]", "/a,b/*")));

        assertThat(reader.list(KEY)).containsExactly("/a,b/*", "/b/*");
        assertThat(problems.messages()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aListInPartsIsAProblem(Implementation config) {
        for (Map<String, String> properties : List.of(
                Map.of(KEY, "/a/*", KEY + "[0]", "/b/*"),
                Map.of(KEY + "[1]", "/b/*"),
                Map.of(KEY + "[0]", "/b/*", KEY + "[2]", "/c/*"))) {
            Problems found = new Problems();
            config.read(found, file(properties)).list(KEY);

            assertThat(found.messages())
                    .as(properties.toString())
                    .singleElement()
                    .asString()
                    .startsWith("LOCKSTEP-0008 " + KEY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIndexOfAnotherProfileIsNone(Implementation config) {
        for (String name : List.of("%dev." + KEY + "[0]", "%dev." + KEY + "[3]", "_DEV_LOCKSTEP_WEB_PROTECT_3_")) {
            PropertyReader reader = config.read(
                    problems, file(Map.of(KEY, "/api/*", name, "/dev/*", "%dev.lockstep.cache[0]", "none")));

            assertThat(reader.list(KEY)).as(name).containsExactly("/api/*");
            assertThat(reader.text("lockstep.cache")).isEmpty();
            assertThat(problems.messages()).as(name).isEmpty();
        }
    }

    @Test
    void anIndexOfTheActiveProfileCounts() {
        PropertyReader reader = Implementation.STRICT.read(
                problems,
                file(Map.of("mp.config.profile", "dev", "%dev." + KEY + "[0]", "/dev/*", KEY + "[1]", "/b/*")));

        assertThat(reader.list(KEY)).containsExactly("/dev/*", "/b/*");
        assertThat(problems.messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp.config.profile", "smallrye.config.profile"})
    void severalProfilesMayBeActive(String profile) {
        PropertyReader reader = Implementation.STRICT.read(
                problems,
                file(Map.of(profile, "dev, test", "%dev." + KEY + "[0]", "/dev/*", "%test." + KEY + "[1]", "/test/*")));

        assertThat(reader.list(KEY)).containsExactly("/dev/*", "/test/*");
        assertThat(problems.messages()).isEmpty();
    }

    @Test
    void aNameMayBeOfSeveralProfiles() {
        PropertyReader reader = Implementation.STRICT.read(
                problems,
                file(Map.of(
                        "mp.config.profile",
                        "test",
                        "%dev,test." + KEY + "[0]",
                        "/a/*",
                        "%dev,prod." + KEY + "[1]",
                        "/b/*")));

        assertThat(reader.list(KEY)).containsExactly("/a/*");
        assertThat(problems.messages()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyValueOfAnyActiveProfileIsAProblem(Implementation config) {
        for (String prefix : List.of("%dev.", "%test.", "%dev,prod.")) {
            Problems found = new Problems();
            config.read(found, file(Map.of("mp.config.profile", "dev, test", KEY, "/api/*", prefix + KEY, "")))
                    .list(KEY);

            assertThat(found.messages()).as(prefix).singleElement().asString().startsWith("LOCKSTEP-0006 " + KEY);
        }
    }

    @Test
    void anEmptyValueOfAProfileThatAnotherGoesBeforeIsOverridden() {
        PropertyReader reader = Implementation.STRICT.read(
                problems,
                file(Map.of("mp.config.profile", "dev,test", "%dev." + KEY, "", "%test." + KEY, "/test/*", KEY, "")));

        assertThat(reader.list(KEY)).containsExactly("/test/*");
        assertThat(problems.messages()).isEmpty();
    }

    /** No server reads an environment variable in mixed case. */
    @ParameterizedTest
    @EnumSource
    void anElementThatNobodyReadsIsAProblem(Implementation config) {
        PropertyReader reader = config.read(
                problems, file(Map.of(KEY + "[0]", "/a/*")), environment(Map.of("Lockstep_Web_Protect_1_", "/b/*")));
        reader.list(KEY);

        assertThat(reader.isUsable(KEY)).isFalse();
        assertThat(problems.messages())
                .singleElement()
                .asString()
                .startsWith("LOCKSTEP-0008 " + KEY + "[1] ")
                .contains("LOCKSTEP_WEB_PROTECT_1_");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoListHasNoIndexes(Implementation config) {
        config.read(problems, file(Map.of("lockstep.cache[0]", "none"))).text("lockstep.cache");

        assertThat(problems.messages()).singleElement().asString().startsWith("LOCKSTEP-0008 lockstep.cache");
    }

    @ParameterizedTest
    @EnumSource
    void aPasswordMayBeEmptyButNotUndefinedAndIsNeverShown(Implementation config) {
        String key = "lockstep.store.password";

        assertThat(config.read(problems, file(Map.of(key, ""))).text(key, true)).contains("");
        assertThat(problems.messages()).isEmpty();
        config.read(problems, file(Map.of(key, "hunter2${nothing}"))).text(key, true);
        assertThat(problems.messages())
                .singleElement()
                .asString()
                .startsWith("LOCKSTEP-0007")
                .contains("nothing")
                .doesNotContain("hunter2");
    }

    private static ConfigSource file(Map<String, String> properties) {
        return new PropertiesConfigSource(properties, "file", 100);
    }

    private static ConfigSource environment(Map<String, String> properties) {
        return new PropertiesConfigSource(properties, "environment", 300);
    }
}
