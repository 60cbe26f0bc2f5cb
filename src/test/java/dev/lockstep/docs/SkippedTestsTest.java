package dev.lockstep.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code ./mvnw install} without tests takes seconds: whoever skips tests starts no server, demo or
 * fault test either.
 */
class SkippedTestsTest {

    /** Where rigs make, start and use servers, or other builds. */
    private static final String EXECUTION = "/project/build/plugins/plugin/executions/execution"
            + "[phase='package' or phase='pre-integration-test' or phase='integration-test' or goals/goal='run']";

    private static final List<String> RIGS = List.of("demo", "chaos", "servers", "consumers");

    @ParameterizedTest
    @ValueSource(strings = {"maven.test.skip", "skipTests", "skipITs"})
    void skipSkipsEveryTestThatFollows(String property) {
        assertThat(RIGS).allSatisfy(rig -> {
            Pom pom = Pom.of("rigs/" + rig + "/pom.xml");
            assertThat(skips(pom)).hasSameSizeAs(pom.select(EXECUTION)).containsOnly("false");
            assertThat(skips(pom.with(property, "true"))).containsOnly("true");
        });
    }

    private static List<String> skips(Pom pom) {
        return pom.select(EXECUTION + "/configuration/*[self::skip or self::skipAssembly or self::skipInvocation]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"maven.test.skip", "skipTests"})
    void withoutTestsTheProductIsBuiltAlone(String property) {
        Pom rigs = Pom.of("rigs/pom.xml");
        String profile = "/project/profiles/profile[activation/property[name='%s'][value='true']]".formatted(property);
        assertThat(rigs.select(profile + "/id")).hasSize(1);
        assertThat(rigs.select(profile + "/modules")).isEmpty();
        assertThat(rigs.select("/project/modules/module")).containsExactly("..");
        assertThat(rigs.select("/project/profiles/profile[activation/activeByDefault='true']/modules/module"))
                .containsAll(RIGS);
    }
}
