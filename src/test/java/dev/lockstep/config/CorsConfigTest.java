package dev.lockstep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
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
        assertThat(config(false, origin).origins()).containsExactly(origin);
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
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(false, origin))
                .withMessageContaining("https://shop.example, http://localhost:5173");
    }

    @Test
    void refusesAllOriginsTogetherWithCredentialsOrWithOthers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(true, "*"))
                .withMessageContaining("lockstep.web.cors.credentials");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(false, "*", "https://shop.example"))
                .withMessageContaining("* alone");
        assertThat(config(true, "https://shop.example", "null").credentials()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "patch", "Put", "TRACE", "CONNECT", "TRACK", "GET PUT", "", "GET\r\nX: y"})
    void refusesWhatIsNoMethodToAllow(String method) {
        assertThatIllegalArgumentException().isThrownBy(() -> CorsConfig.checkedMethod(method));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "", "X Y", "X:", "X\r\nY", "é"})
    void refusesWhatIsNoNameOfAHeader(String header) {
        assertThatIllegalArgumentException().isThrownBy(() -> CorsConfig.checkedHeader(header));
    }

    private static CorsConfig config(boolean credentials, String... origins) {
        return new CorsConfig(List.of(origins), List.of(), List.of(), List.of(), Duration.ZERO, credentials);
    }
}
