package dev.lockstep.endpoints.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PathTemplateTest {

    private static final Handler NOTHING = call -> HttpAnswer.noContent();

    @Test
    void aVariableTakesOneSegment() {
        PathTemplate template = new PathTemplate("/a/{id}");
        assertThat(template.match("/a/1")).hasValue(Map.of("id", "1"));
        assertThat(template.match("/a/")).isEmpty();
        assertThat(template.match("/a")).isEmpty();
        assertThat(template.match("/a/1/2")).isEmpty();
        assertThat(template.match("/b/1")).isEmpty();
    }

    @Test
    void theRootIsEmptyOrASlash() {
        assertThat(new PathTemplate("").match("")).isPresent();
        assertThat(new PathTemplate("").match("/")).isEmpty();
        assertThat(new PathTemplate("/").match("/")).isPresent();
    }

    @Test
    void wordsGoBeforeVariables() {
        Routes routes = new Routes(
                List.of(Route.get("/a/{id}", Access.SESSION, NOTHING), Route.get("/a/count", Access.SESSION, NOTHING)));
        assertThat(routes.at("/a/count").orElseThrow().resource().path().text()).isEqualTo("/a/count");
        assertThat(routes.at("/a/b").orElseThrow().resource().path().text()).isEqualTo("/a/{id}");
    }

    @Test
    void theRoutesOfOnePathAreForTheSameCallers() {
        assertThatThrownBy(() -> new Routes(
                        List.of(Route.get("/a", Access.PUBLIC, NOTHING), Route.post("/a", Access.SESSION, NOTHING))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Routes(
                        List.of(Route.get("/a", Access.PUBLIC, NOTHING), Route.get("/a", Access.PUBLIC, NOTHING))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
