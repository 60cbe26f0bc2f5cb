package dev.lockstep.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsConfigTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example",
                "http://localhost:5173",
                "http://127.0.0.1:8080",
                "http://[::1]:8080",
                "https://xn--bcher-kva.example",
                "capacitor://localhost",
                "moz-extension://0a1b2c3d-0000-4000-8000-000000000000",
                "null",
                "*"
            })
    void takesOriginsAsBrowsersSendThem(String origin) {
        assertThat(WebConfigs.of(with("origins", origin)).cors().origins()).containsExactly(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop.example",
                "//shop.example",
                "https://shop.example/",
                "https://shop.example/path",
                "https://Shop.example",
                "HTTPS://shop.example",
                "https://shop.example:443",
                "http://shop.example:80",
                "https://shop.example:",
                "https://shop.example:0",
                "https://shop.example:x",
                "https://*.example",
                "https://bücher.example",
                "https://user@shop.example",
                "https://shop.example https://other.example",
                "https://shop.example\r\nX: y",
                "https://",
                "NULL",
                "**"
            })
    void refusesWhatNoBrowserSends(String origin) {
        assertRefuses("origins", origin, "https://shop.example, http://localhost:5173");
    }

    @Test
    void refusesAllOriginsTogetherWithCredentialsOrWithOthers() {
        assertThat(WebConfigs.problems(withCredentials("*")))
                .singleElement()
                .asString()
                .contains("lockstep.web.cors.credentials");
        assertRefuses("origins", "*,https://shop.example", "* alone");
        assertThat(WebConfigs.of(withCredentials("https://shop.example,null"))
                        .cors()
                        .credentials())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "patch", "Put", "TRACE", "CONNECT", "TRACK", "GET PUT", "", "GET\r\nX: y"})
    void refusesWhatIsNoMethodToAllow(String method) {
        assertRefuses("methods", method, "names of methods in capitals");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "", "X Y", "X:", "X\r\nY", "é"})
    void refusesWhatIsNoNameOfAHeader(String header) {
        assertRefuses("headers", header, "names of headers");
        assertRefuses("expose-headers", header, "names of headers");
    }

    private static void assertRefuses(String key, String value, String accepted) {
        assertThat(WebConfigs.problems(with(key, value)))
                .singleElement()
                .asString()
                .contains("lockstep.web.cors." + key, value.isEmpty() ? "is set to nothing" : accepted);
    }

    private static Map<String, String> with(String key, String value) {
        return key.equals("origins")
                ? Map.of("lockstep.web.protect", "/*", "lockstep.web.cors.origins", value)
                : Map.of(
                        "lockstep.web.protect",
                        "/*",
                        "lockstep.web.cors.origins",
                        "https://shop.example",
                        "lockstep.web.cors." + key,
                        value);
    }

    private static Map<String, String> withCredentials(String origins) {
        return Map.of(
                "lockstep.web.protect", "/*",
                "lockstep.web.cors.origins", origins,
                "lockstep.web.cors.credentials", "true");
    }
}
