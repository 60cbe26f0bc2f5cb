package dev.lockstep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsConfigTest {

    @Test
    void isOffUnlessItHasAPath() {
        EndpointsConfig config = WebConfigs.of(Map.of()).endpoints();
        assertThat(config.path()).isEmpty();
        assertThat(config.admin()).isEmpty();
        assertThat(config.gateway()).isEmpty();
    }

    @Test
    void takesAPathAndGroups() {
        EndpointsConfig config = WebConfigs.of(Map.of(
                        "lockstep.endpoints.path", "/intern/lockstep",
                        "lockstep.endpoints.admin", "admin, cn=ops\\,ou=people",
                        "lockstep.endpoints.gateway", "gateway"))
                .endpoints();
        assertThat(config.path()).hasToString("Optional[/intern/lockstep/*]");
        assertThat(config.admin()).containsExactlyInAnyOrder("admin", "cn=ops,ou=people");
        assertThat(config.gateway()).containsExactly("gateway");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/*", "lockstep", "/lockstep/", "/lockstep/*", "/a//b", "/a;b", "/a%2fb", "/../a", "/a b?c"
            })
    void refusesAnythingElse(String path) {
        assertThat(WebConfigs.problems(Map.of("lockstep.endpoints.path", path)))
                .singleElement()
                .asString()
                .startsWith("LOCKSTEP-0001 lockstep.endpoints.path is \"" + path + "\"");
    }

    /** Somebody relies on it. */
    @ParameterizedTest
    @CsvSource({"admin", "gateway"})
    void groupsWithoutAPathAreAProblem(String key) {
        assertThat(WebConfigs.problems(Map.of("lockstep.endpoints." + key, "root")))
                .singleElement()
                .asString()
                .contains("lockstep.endpoints." + key, "lockstep.endpoints.path");
    }

    /** Neither nobody nor everybody: somebody forgot something. */
    @ParameterizedTest
    @CsvSource({"admin,''", "admin,' '", "gateway,''", "admin,'a,,b'", "admin,','"})
    void emptyGroupsAreAProblem(String key, String groups) {
        Map<String, String> config = new HashMap<>();
        config.put("lockstep.endpoints.path", "/lockstep");
        config.put("lockstep.endpoints." + key, groups);
        assertThatThrownBy(() -> WebConfigs.of(config)).hasMessageContaining("lockstep.endpoints." + key);
    }

    @Test
    void rulesMayBeForThesePathsToo() {
        Map<String, String> config = Map.of(
                "lockstep.endpoints.path", "/lockstep",
                "lockstep.web.require", "/lockstep/admin/*=ops",
                "lockstep.web.confirm", "/lockstep/admin/*");
        assertThat(WebConfigs.problems(config)).isEmpty();
        assertThat(WebConfigs.problems(Map.of("lockstep.web.require", "/lockstep/admin/*=ops")))
                .hasSize(1);
    }

    @Test
    void aPermissionForThesePathsIsAProblem() {
        assertThat(WebConfigs.problems(Map.of(
                        "lockstep.endpoints.path", "/lockstep",
                        "lockstep.web.protect", "/api/*",
                        "lockstep.web.permit", "/lockstep/*")))
                .hasSize(1);
    }

    @Test
    void needsTheServerButNotTheFilter() {
        WebConfig config = WebConfigs.of(Map.of("lockstep.endpoints.path", "/lockstep"));
        assertThat(List.of(config.isServed(), config.needsFilter())).containsExactly(true, false);
    }
}
