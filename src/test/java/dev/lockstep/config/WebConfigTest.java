package dev.lockstep.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCookie;
import dev.lockstep.SessionCookie.SameSite;
import dev.lockstep.web.path.PathPattern;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebConfigTest {

    @Test
    void readsRulesAndTheirGroups() {
        assertThat(WebConfigs.of(protecting("require", "/api/admin/*=admin, operator ,/api/audit = audit"))
                        .require())
                .containsExactly(
                        new GroupRule(new PathPattern("/api/admin/*"), Set.of("admin", "operator")),
                        new GroupRule(new PathPattern("/api/audit"), Set.of("audit")));
        assertThat(WebConfigs.of(Map.of()).require()).isEmpty();
    }

    /** Names as directories have them, and those of a role that has a path. */
    @Test
    void readsGroupsInQuotesToTheLetter() {
        String rules = "/api/admin/*=\"cn=ops,ou=people\",admin,\"/staff, night\",/api/audit=\"cn=audit\"";
        WebConfig config = WebConfigs.of(protecting("require", rules));
        assertThat(config.require())
                .containsExactly(
                        new GroupRule(
                                new PathPattern("/api/admin/*"), Set.of("cn=ops,ou=people", "admin", "/staff, night")),
                        new GroupRule(new PathPattern("/api/audit"), Set.of("cn=audit")));
        assertThat(WebConfigs.of(protecting(
                                "require",
                                config.require().get(0) + "," + config.require().get(1)))
                        .require())
                .isEqualTo(config.require());
        assertThat(WebConfigs.of(protecting("require[0]", "/api/*=\"cn=ops,ou=people\""))
                        .require())
                .containsExactly(new GroupRule(new PathPattern("/api/*"), Set.of("cn=ops,ou=people")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/*=\"cn=ops",
                "/api/*=cn=ops\"",
                "/api/*=a\"b",
                "/api/*=\"\"",
                "/api/*=\" \"",
                "/api/*=\"",
                "/api/*=\"a\"b\"",
                "/api/*=cn=ops,ou=people",
                "admin",
                "/api/*",
                "/api/*=",
                "/api/*= ",
                "/api/*=a=b",
                "=admin",
                "api=admin",
                "/a=b/*=admin",
                "/api/%=admin",
            })
    void refusesWhatIsNoRule(String rule) {
        assertThat(WebConfigs.problems(protecting("require", rule)))
                .singleElement()
                .asString()
                .contains("lockstep.web.require is \"" + rule.strip() + "\"; accepted: PATTERN=GROUP");
    }

    /** The others are told as well, each by itself. */
    @Test
    void refusesEachElementThatIsNoRule() {
        assertThat(WebConfigs.problems(protecting("require", "admin,/api/*=admin,/x=a,b=c")))
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem).contains("is \"admin\""))
                .anySatisfy(problem -> assertThat(problem).contains("is \"/x=a,b=c\""));
        assertThat(WebConfigs.problems(protecting("require", "/api/*=admin,"))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: x", "\u00e9", "a\0", "a\tb"})
    void refusesARealmThatCannotStandInAHeader(String realm) {
        assertThat(WebConfigs.problems(Map.of("lockstep.web.realm", realm)))
                .singleElement()
                .asString()
                .contains("printable ASCII")
                .matches("[ -~]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void refusesARealmThatIsBlank(String realm) {
        assertThat(WebConfigs.problems(Map.of("lockstep.web.realm", realm))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"permit", "confirm", "require"})
    void refusesAPatternThatIsNeverLookedAt(String key) {
        String group = key.equals("require") ? "=admin" : "";
        assertThat(WebConfigs.problems(Map.of(
                        "lockstep.web.protect",
                        "/api/*",
                        "lockstep.web." + key,
                        "/api/x" + group + ",/admin/*" + group)))
                .singleElement()
                .asString()
                .contains("lockstep.web." + key + " is \"/admin/*\"", "lockstep.web.protect", "[/api/*]");
    }

    /** What lies outside can't be told then. */
    @Test
    void aPatternThatCannotBeReadIsTheOnlyProblem() {
        assertThat(WebConfigs.problems(Map.of(
                        "lockstep.web.protect", "/api/*,shop/*",
                        "lockstep.web.permit", "/shop/open",
                        "lockstep.web.cors.origins", "*")))
                .singleElement()
                .asString()
                .contains("lockstep.web.protect is \"shop/*\"");
    }

    @Test
    void readsAsItIsConfigured() {
        Map<String, String> properties = protecting("require", "/api/*=b,a,/x=c");
        properties.put("lockstep.web.confirm", "/x");
        assertThat(WebConfigs.of(properties))
                .hasToString(
                        "security=filter, protect=[/*], permit=[], require=[/api/*=a,b, /x=c], confirm=[/x], cors.origins=[]");
    }

    @Test
    void protectsNothingUnlessTold() {
        assertThat(WebConfigs.of(Map.of()).protect()).isEmpty();
    }

    @Test
    void readsTheCookie() {
        assertThat(WebConfigs.of(Map.of("lockstep.web.cookie", "__Host-session"))
                        .cookie())
                .contains(new SessionCookie("__Host-session", SameSite.LAX));
        assertThat(WebConfigs.of(Map.of(
                                "lockstep.web.cookie", "__Host-s",
                                "lockstep.web.cookie-same-site", "strict"))
                        .cookie())
                .contains(new SessionCookie("__Host-s", SameSite.STRICT));
        assertThat(WebConfigs.of(Map.of()).cookie()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "__Secure-session", "__host-session", "__Host-", "__Host-a b", "__Host-a;b"})
    void refusesACookieThatAnotherHostCouldPlant(String name) {
        assertThat(WebConfigs.problems(Map.of("lockstep.web.cookie", name)))
                .singleElement()
                .asString()
                .contains("lockstep.web.cookie is \"" + name + "\"; accepted: a name that begins with __Host-");
    }

    @Test
    void refusesWhatWouldMeanNothingOrTooMuchOfACookie() {
        assertThat(WebConfigs.problems(Map.of("lockstep.web.cookie-same-site", "strict")))
                .singleElement()
                .asString()
                .contains("nothing unless lockstep.web.cookie is set");
        Map<String, String> open = protecting("cookie", "__Host-session");
        open.put("lockstep.web.cors.origins", "https://shop.example");
        assertThat(WebConfigs.problems(open)).isEmpty();
        open.put("lockstep.web.cors.credentials", "true");
        assertThat(WebConfigs.problems(open))
                .singleElement()
                .asString()
                .contains("lockstep.web.cors.credentials is \"true\"; accepted: false, since lockstep.web.cookie");
    }

    private static Map<String, String> protecting(String key, String value) {
        return new HashMap<>(Map.of("lockstep.web.protect", "/*", "lockstep.web." + key, value));
    }
}
