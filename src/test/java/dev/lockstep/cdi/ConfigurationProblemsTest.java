package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person sees who got the configuration wrong. */
class ConfigurationProblemsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lockstep.lease|soon|LOCKSTEP-0001 lockstep.lease is \"soon\"; accepted: a duration from PT0S to PT1M",
                "lockstep.lease|5m|LOCKSTEP-0001 lockstep.lease is \"5m\"; accepted: a duration",
                "lockstep.lease|1ms|LOCKSTEP-0001 lockstep.lease",
                "lockstep.poll|3s|LOCKSTEP-0001 lockstep.poll is \"3s\"; accepted: a duration from PT0.01S to PT2S",
                "lockstep.logout|maybe|LOCKSTEP-0001 lockstep.logout is \"maybe\"; accepted: async, await.",
                "lockstep.nodes|2|LOCKSTEP-0001 lockstep.nodes is \"2\"; accepted: many, single.",
                "lockstep.near|yes|LOCKSTEP-0001 lockstep.near is \"yes\"; accepted: false, true.",
                "lockstep.cache.max-entries|0|LOCKSTEP-0001 lockstep.cache.max-entries is \"0\"; accepted: a whole number",
                "lockstep.cache.ttl|-1s|LOCKSTEP-0001 lockstep.cache.ttl is \"-1s\"",
                "lockstep.session.idle-timeout|13h|LOCKSTEP-0001 lockstep.session.idle-timeout is \"13h\"",
                "lockstep.store.schema|drop|LOCKSTEP-0001 lockstep.store.schema is \"drop\"; accepted: migrate, none, validate.",
                "lockstep.store.threads|4|LOCKSTEP-0001 lockstep.store.threads is \"4\"",
                "lockstep.application|my app|LOCKSTEP-0001 lockstep.application is \"my app\"",
                "lockstep.web.protect|api|LOCKSTEP-0001 lockstep.web.protect is \"api\"; accepted: /* (everything)",
                "lockstep.web.require|/x=|LOCKSTEP-0001 lockstep.web.require is \"/x=\"; accepted: PATTERN=GROUP",
                "lockstep.web.realm|é|LOCKSTEP-0001 lockstep.web.realm is \"?\"; accepted: printable ASCII, not blank.",
                "lockstep.web.permit|/x|LOCKSTEP-0001 lockstep.web.permit is \"/x\"; accepted: patterns within",
                "lockstep.web.require|/x=a|LOCKSTEP-0001 lockstep.web.require is \"/x\"; accepted: patterns within",
                "lockstep.web.confirm|/x|LOCKSTEP-0001 lockstep.web.confirm is \"/x\"; accepted: patterns within",
                "lockstep.cache|rediss|LOCKSTEP-0003 There is no cache named \"rediss\"; accepted: ",
                "lockstep.channel|pigeon|LOCKSTEP-0005 There is no channel named \"pigeon\"; accepted: auto, none, infinispan",
                "lockstep.cach|memory|LOCKSTEP-0002 lockstep.cach (from",
                "lockstep.web.protect|${shop.api}/*|LOCKSTEP-0007 lockstep.web.protect (from",
                "lockstep.web.protect|/a/*,${shop.api}|not defined: shop.api",
                "lockstep.cache|''|LOCKSTEP-0006 lockstep.cache (from",
                "lockstep.lease|${nothing}|LOCKSTEP-0007 lockstep.lease (from",
                "lockstep.store.user|''|LOCKSTEP-0006 lockstep.store.user (from",
                "%prod.lockstep.web.protct|/a/*|LOCKSTEP-0002 %prod.lockstep.web.protct (from",
                "lockstep.session.timeout|1h|did you mean lockstep.session.idle-timeout?",
            })
    void aProblemNamesThePropertyTheValueAndWhatIsAccepted(String key, String value, String message) {
        assertThatThrownBy(() -> SeApplication.start(Map.of(key, value)).close())
                .hasMessageContaining(message);
    }

    @Test
    void aSettingOfACacheThatIsSetToNothingIsAProblemToo() {
        assertThatThrownBy(() -> SeApplication.start(Map.of("lockstep.cache", "redis", "lockstep.redis.uri", ""))
                        .close())
                .hasMessageContaining("LOCKSTEP-0006 lockstep.redis.uri (from");
    }

    @Test
    void allProblemsAreToldAtOnce() {
        Map<String, String> properties = new HashMap<>();
        properties.put("lockstep.cache", "chache");
        properties.put("lockstep.lease", "soon");
        properties.put("lockstep.nodez", "many");
        properties.put("lockstep.web.protect", "api");

        assertThatThrownBy(() -> SeApplication.start(properties).close())
                .hasMessageContaining("LOCKSTEP-0003")
                .hasMessageContaining("lockstep.lease")
                .hasMessageContaining("did you mean lockstep.nodes?")
                .hasMessageContaining("lockstep.web.protect");
    }

    @Test
    void everyBadElementOfAListIsToldUnderItsOwnKey() {
        assertThatThrownBy(() -> SeApplication.start(Map.of(
                                "lockstep.web.protect", "/api/*",
                                "lockstep.web.permit", "/api/x*,api,/open,/api/login",
                                "lockstep.web.require", "/admin/*=a,/api/*=,b=c",
                                "lockstep.web.confirm", "/api/%,/pay"))
                        .close())
                .hasMessageContaining("lockstep.web.permit is \"/api/x*\"; accepted: /* (everything)")
                .hasMessageContaining("lockstep.web.permit is \"api\"; accepted: /* (everything)")
                .hasMessageContaining("lockstep.web.permit is \"/open\"; accepted: patterns within")
                .hasMessageContaining("lockstep.web.require is \"/admin/*\"; accepted: patterns within")
                .hasMessageContaining("lockstep.web.require is \"/api/*=,b=c\"; accepted: PATTERN=GROUP")
                .hasMessageContaining("lockstep.web.confirm is \"/api/%\"; accepted: /* (everything)")
                .hasMessageContaining("lockstep.web.confirm is \"/pay\"; accepted: patterns within")
                .hasMessageNotContaining("lockstep.web.*")
                .hasMessageNotContaining("/api/login");
    }

    @Test
    void everyBadSettingOfCorsIsTold() {
        assertThatThrownBy(() -> SeApplication.start(Map.of(
                                "lockstep.web.protect", "/api/*",
                                "lockstep.web.cors.origins", "https://a.example/,b.example,https://c.example",
                                "lockstep.web.cors.methods", "put,GET",
                                "lockstep.web.cors.headers", "*",
                                "lockstep.web.cors.expose-headers", "a b",
                                "lockstep.web.cors.max-age", "2d",
                                "lockstep.web.cors.credentials", "yes"))
                        .close())
                .hasMessageContaining("lockstep.web.cors.origins is \"https://a.example/\"; accepted: * alone")
                .hasMessageContaining("lockstep.web.cors.origins is \"b.example\"; accepted: * alone")
                .hasMessageContaining("lockstep.web.cors.methods is \"put\"; accepted: names of methods")
                .hasMessageContaining("lockstep.web.cors.headers is \"*\"; accepted: names of headers")
                .hasMessageContaining("lockstep.web.cors.expose-headers is \"a b\"; accepted: names of headers")
                .hasMessageContaining("lockstep.web.cors.max-age is \"2d\"; accepted: a duration from PT0S to PT24H")
                .hasMessageContaining("lockstep.web.cors.credentials is \"yes\"; accepted: false, true.");
    }

    @Test
    void settingsOfCorsThatNothingLooksAtAreTold() {
        assertThatThrownBy(() -> SeApplication.start(Map.of("lockstep.web.cors.origins", "*"))
                        .close())
                .hasMessageContaining("accepted: nothing unless lockstep.web.protect is set");
        assertThatThrownBy(() -> SeApplication.start(Map.of(
                                "lockstep.web.protect", "/*",
                                "lockstep.web.cors.max-age", "1m",
                                "lockstep.web.cors.credentials", "true"))
                        .close())
                .hasMessageContaining("lockstep.web.cors.max-age is \"1m\"; accepted: nothing unless")
                .hasMessageContaining("lockstep.web.cors.credentials is \"true\"; accepted: nothing unless");
        assertThatThrownBy(() -> SeApplication.start(Map.of(
                                "lockstep.web.protect", "/*",
                                "lockstep.web.cors.origins", "*",
                                "lockstep.web.cors.credentials", "true"))
                        .close())
                .hasMessageContaining("lockstep.web.cors.origins is \"*\"; accepted: a list of origins, since");
    }

    @Test
    void aDataSourceAndAUrlContradictEachOther() {
        Map<String, String> properties =
                Map.of("lockstep.store.url", "jdbc:h2:mem:x", "lockstep.store.datasource", "java:jdbc/x");

        assertThatThrownBy(() -> SeApplication.start(properties).close())
                .hasMessageContaining("not together with lockstep.store.datasource");
    }

    @Test
    void aUrlThatNoDriverKnowsIsExplained() {
        assertThatThrownBy(() -> SeApplication.start(Map.of("lockstep.store.url", "jdbc:nothing:x"))
                        .close())
                .hasStackTraceContaining("LOCKSTEP-0191");
    }
}
