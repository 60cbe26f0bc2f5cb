package dev.lockstep.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.TlsFiles;
import io.lettuce.core.SslVerifyMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSettingsTest {

    @Test
    void whatIsForTlsIsAProblemWithoutIt() throws Exception {
        String certificate = TlsFiles.create().certificate().toString();
        Map.of("tls.trust", certificate, "tls.hostname-verification", "false")
                .forEach((name, value) -> assertThat(problems(Map.of(name, value)))
                        .singleElement()
                        .asString()
                        .startsWith(name + "=" + value)
                        .endsWith("nothing without a URI that begins with rediss://"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rediss://one", "rediss-sentinel://one,two#main", "rediss://one,rediss://two"})
    void whatSpeaksTlsVerifiesTheNameUnlessToldOtherwise(String uri) {
        Map<String, String> cluster = Map.of("uri", uri, "cluster", String.valueOf(uri.contains(",rediss")));
        assertThat(read(cluster).uris())
                .allSatisfy(each -> assertThat(each.getVerifyMode()).isEqualTo(SslVerifyMode.FULL));
        assertThat(read(Map.of(
                                "uri",
                                uri,
                                "cluster",
                                String.valueOf(uri.contains(",rediss")),
                                "tls.hostname-verification",
                                "false"))
                        .uris())
                .allSatisfy(each -> assertThat(each.getVerifyMode()).isEqualTo(SslVerifyMode.CA));
    }

    /** What follows from a URI that can't be read is not told as well. */
    @Test
    void aUriThatCannotBeReadIsOneProblem() throws Exception {
        assertThat(problems(Map.of(
                        "uri",
                        "http://:xyzzy@one",
                        "tls.trust",
                        TlsFiles.create().certificate().toString())))
                .singleElement()
                .asString()
                .startsWith("uri=")
                .doesNotContain("xyzzy");
    }

    private static RedisSettings read(Map<String, String> values) {
        MapSettings settings = new MapSettings(values);
        RedisSettings read = RedisSettings.read(settings);
        assertThat(settings.problems()).isEmpty();
        return read;
    }

    private static List<String> problems(Map<String, String> values) {
        MapSettings settings = new MapSettings(values);
        RedisSettings.read(settings);
        return settings.problems();
    }
}
