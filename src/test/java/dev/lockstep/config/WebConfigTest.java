package dev.lockstep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebConfigTest {

    @Test
    void readsRulesAndTheirGroups() {
        assertThat(rules("/api/admin/*=admin, operator ,/api/audit = audit"))
                .containsExactly(
                        new GroupRule(new PathPattern("/api/admin/*"), Set.of("admin", "operator")),
                        new GroupRule(new PathPattern("/api/audit"), Set.of("audit")));
        assertThat(GroupRule.parseAll(List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin",
                "/api/*",
                "/api/*=",
                "/api/*= ",
                "/api/*=admin,",
                "/api/*=a=b",
                "=admin",
                "api=admin",
                "/a=b/*=admin",
                "admin,/api/*=admin"
            })
    void refusesWhatIsNoRule(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> rules(text)).withMessageContaining("accepted: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\r\nSet-Cookie: x", "é", "\t", "\0"})
    void refusesARealmThatCannotStandInAHeader(String realm) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WebConfig(List.of(), List.of(), List.of(), List.of(), realm, CorsConfig.none()))
                .withMessageContaining("printable ASCII");
    }

    @Test
    void refusesAPatternThatIsNeverLookedAt() {
        List<PathPattern> protect = List.of(new PathPattern("/api/*"));
        List<PathPattern> outside = List.of(new PathPattern("/api/x"), new PathPattern("/admin/*"));
        List<GroupRule> rules = rules("/admin/*=admin");
        assertNeverLookedAt(() -> new WebConfig(protect, List.of(), rules, List.of(), "x", CorsConfig.none()));
        assertNeverLookedAt(() -> new WebConfig(protect, outside, List.of(), List.of(), "x", CorsConfig.none()));
        assertNeverLookedAt(() -> new WebConfig(protect, List.of(), List.of(), outside, "x", CorsConfig.none()));
    }

    private static void assertNeverLookedAt(ThrowingCallable made) {
        assertThatIllegalArgumentException()
                .isThrownBy(made)
                .withMessageContainingAll("\"/admin/*\"", "lockstep.web.protect", "/api/*");
    }

    @Test
    void readsAsItIsConfigured() {
        WebConfig config = new WebConfig(
                List.of(new PathPattern("/*")),
                List.of(),
                rules("/api/*=b,a,/x=c"),
                List.of(new PathPattern("/x")),
                "x",
                CorsConfig.none());
        assertThat(config)
                .hasToString("protect=[/*], permit=[], require=[/api/*=a,b, /x=c], confirm=[/x], cors.origins=[]");
    }

    @Test
    void protectsNothingUnlessTold() {
        assertThat(WebConfig.unprotected().protect()).isEmpty();
    }

    private static List<GroupRule> rules(String text) {
        return GroupRule.parseAll(Arrays.asList(text.split(",", -1)));
    }
}
