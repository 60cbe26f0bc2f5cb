package dev.lockstep.cache.hotrod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HotRodCacheProviderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hotrod://one|one:11222",
                "hotrod://one:1,two|one:1 two:11222",
                "hotrods://one:1,two:2|one:1 two:2",
                "hotrod://[::1]:5|[::1]:5",
                "hotrod://[::1]|[::1]:11222",
                "hotrod://u:p@one:1,two:2|one:1 two:2",
            })
    void serversAreRead(String uri, String expected) {
        assertThat(String.join(
                        " ",
                        ServerUri.parse(uri).servers().stream()
                                .map(server -> server.getHostString() + ":" + server.getPort())
                                .toList()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hotrod://shop:xy[zzy]@one",
                "hotrod://shop:xy zzy@one",
                "hotrod://shop:xy%zzy@one",
                "hotrod://shop:xyzzy@one?cache=x",
                "hotrod://shop:xyzzy@one/x",
                "hotrod://shop:xyzzy@one:port",
                "hotrod://shop:xyzzy@",
                "hotrod:shop:xyzzy@one"
            })
    void aPasswordInAUriThatIsNotTakenIsNotShown(String uri) {
        MapSettings settings = new MapSettings(Map.of("uri", uri));
        HotRodSettings.read(settings);
        assertThat(settings.problems()).singleElement().asString().doesNotContain("zzy");
    }

    @Test
    void noPasswordIsInTheTextOfWhatWasRead() {
        MapSettings settings = new MapSettings(Map.of("uri", "hotrods://shop:xyzzy@one", "tls.key-password", "xyzzy"));
        assertThat(HotRodSettings.read(settings).toString()).contains("shop").doesNotContain("xyzzy");
        assertThat(ServerUri.parse("hotrods://shop:xyzzy@one").toString()).doesNotContain("xyzzy");
    }

    @Test
    void aUserInTheUriIsReadAndDecoded() {
        ServerUri uri = ServerUri.parse("hotrods://us%40er:pass%3Aw@rd@one");
        assertThat(uri.user()).contains("us@er");
        assertThat(uri.password()).contains("pass:w@rd");
        assertThat(uri.tls()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one:1",
                "http://s3cret@one",
                "hotrod://",
                "hotrod:one",
                "hotrod://s3cret@one:x",
                "hotrod://s3cret@one:70000",
                "hotrod://s3cret@one,,two",
                "hotrod://s3cret@one?near_cache.mode=INVALIDATED",
                "hotrod://s3cret@one/path",
                "hotrod://s3cret@o ne"
            })
    void whatIsNoUriIsAProblemThatDoesNotTellAPassword(String uri) {
        assertThat(problems(Map.of("uri", uri)))
                .singleElement()
                .asString()
                .startsWith("uri=")
                .doesNotContain("s3cret");
    }

    @Test
    void aPasswordInClearNeedsTls() {
        assertThat(problems(Map.of("user", "u", "password", "p", "mechanism", "PLAIN")))
                .singleElement()
                .asString()
                .startsWith("mechanism=PLAIN");
        assertThat(problems(Map.of("uri", "hotrods://one", "user", "u", "password", "p", "mechanism", "PLAIN")))
                .isEmpty();
    }

    @Test
    void aUserNeedsAPassword() {
        assertThat(problems(Map.of("user", "u"))).singleElement().asString().startsWith("user=u");
    }

    @Test
    void aCacheIsNamedByLetters() {
        assertThat(problems(Map.of("cache", "a\"/><x")))
                .singleElement()
                .asString()
                .startsWith("cache=");
    }

    @Test
    void storesAreReadBeforeAnythingStarts() throws Exception {
        TlsFiles tls = TlsFiles.create();
        Path text = Files.writeString(Files.createTempFile("text", ".p12"), "no key store");
        for (String file : List.of(text.toString(), text + "-absent")) {
            assertThat(problems(Map.of("uri", "hotrods://one", "tls.trust", file)))
                    .singleElement()
                    .asString()
                    .startsWith("tls.trust=" + file);
        }
        String keys = tls.keyStore().toString();
        assertThat(problems(Map.of("uri", "hotrods://one", "tls.key", keys, "tls.key-password", TlsFiles.PASSWORD)))
                .isEmpty();
        assertThat(problems(Map.of("uri", "hotrods://one", "tls.key", keys, "tls.key-password", "guess")))
                .singleElement()
                .asString()
                .startsWith("tls.key=");
        assertThat(problems(Map.of("uri", "hotrods://one", "tls.trust", keys)))
                .singleElement()
                .asString()
                .startsWith("tls.trust=");
    }

    @Test
    void whatIsForTlsIsAProblemWithoutIt() throws Exception {
        String certificate = TlsFiles.create().certificate().toString();
        Map.of("tls.trust", certificate, "tls.server-name", "cache.example", "tls.hostname-verification", "false")
                .forEach((name, value) -> assertThat(problems(Map.of(name, value)))
                        .singleElement()
                        .asString()
                        .startsWith(name + "=" + value)
                        .endsWith("nothing without a URI that begins with hotrods://"));
    }

    /** What follows from a URI that can't be read is not told as well. */
    @Test
    void aUriThatCannotBeReadIsOneProblem() throws Exception {
        assertThat(problems(Map.of(
                        "uri",
                        "http://one",
                        "tls.trust",
                        TlsFiles.create().certificate().toString(),
                        "mechanism",
                        "PLAIN")))
                .singleElement()
                .asString()
                .startsWith("uri=");
    }

    private static List<String> problems(Map<String, String> values) {
        MapSettings settings = new MapSettings(values);
        new HotRodCacheProvider().configure(settings);
        return settings.problems();
    }
}
