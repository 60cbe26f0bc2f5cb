package dev.lockstep.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./mvnw install} without tests takes seconds: whoever skips tests starts no server, demo or fault test either. */
class SkippedTestsTest {

    /** The phases in which servers are made, started and used. */
    private static final String EXECUTION =
            "/project/build/plugins/plugin[artifactId='%s']/executions/execution[phase='%s']/configuration/%s";

    @ParameterizedTest
    @ValueSource(strings = {"maven.test.skip", "skipTests", "skipITs"})
    void skipSkipsEveryTestThatFollows(String property) throws Exception {
        Pom pom = Pom.read();
        assertThat(skips(pom)).isNotEmpty().containsOnly("false");
        assertThat(skips(pom.with(property, "true"))).containsOnly("true");
    }

    private static List<String> skips(Pom pom) {
        return pom.select(String.join(
                " | ",
                EXECUTION.formatted("exec-maven-plugin", "integration-test", "skip"),
                EXECUTION.formatted("wildfly-maven-plugin", "pre-integration-test", "skip"),
                EXECUTION.formatted("maven-assembly-plugin", "pre-integration-test", "skipAssembly"),
                EXECUTION.formatted("maven-dependency-plugin", "pre-integration-test", "skip")));
    }
}
