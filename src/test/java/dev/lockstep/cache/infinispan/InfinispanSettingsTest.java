package dev.lockstep.cache.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.TlsFiles;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfinispanSettingsTest {

    private static final String SECRET = "correct horse battery staple";

    private static String keys;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = TlsFiles.create().keyStore().toString();
    }

    @Test
    void aNodeThatShowsACertificateAsksForOneToo() {
        assertThat(problems(Map.of("tls.key", keys, "tls.key-password", TlsFiles.PASSWORD)))
                .singleElement()
                .asString()
                .endsWith("tls.key and tls.trust");
        assertThat(problems(Map.of("tls.trust", keys, "tls.trust-password", TlsFiles.PASSWORD)))
                .singleElement()
                .asString()
                .startsWith("tls.key=not set");
    }

    @Test
    void aStackOfTheApplicationsHasTlsOfItsOwn() throws Exception {
        String stack = Files.createTempFile("stack", ".xml").toString();
        assertThat(problems(tls(Map.of("stack", stack))))
                .singleElement()
                .asString()
                .startsWith("tls.key=")
                .contains("stack=tcp or kubernetes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "::", "2001:db8::1", "SITE_LOCAL", "GLOBAL", "db.example"})
    void whoListensBeyondItsMachineKeepsStrangersOut(String address) {
        assertThat(problems(Map.of("bind-address", address)))
                .singleElement()
                .asString()
                .startsWith("bind-address=" + address)
                .contains("lockstep.infinispan.secret")
                .contains("tls.key");
        assertThat(problems(Map.of("bind-address", address, "secret", SECRET))).isEmpty();
        assertThat(problems(tls(Map.of("bind-address", address)))).isEmpty();
    }

    @Test
    void onKubernetesEveryNodeListensBeyondItsMachine() {
        assertThat(problems(Map.of("stack", "kubernetes", "dns-query", "app.default.svc")))
                .singleElement()
                .asString()
                .startsWith("bind-address=SITE_LOCAL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost", "LOOPBACK"})
    void onOneMachineNobodyElseIsAStranger(String address) {
        assertThat(problems(Map.of("bind-address", address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.256", "127.1", "1.2.3.4.5", "...", "abcd:", "[::1", ":::", "127.0.0.1:7800"})
    void whatIsNoAddressIsTold(String address) {
        for (Map<String, String> more : List.of(Map.<String, String>of(), Map.of("secret", SECRET))) {
            Map<String, String> settings = new HashMap<>(more);
            settings.put("bind-address", address);
            assertThat(problems(settings))
                    .containsExactly("bind-address=" + address + ": an IP address, such as 127.0.0.1, or a name");
        }
    }

    @Test
    void aSecretIsLongAndNeverTold() {
        assertThat(problems(Map.of("secret", "fifteen letters")))
                .singleElement()
                .asString()
                .startsWith("secret=a text of 15 characters: 16 random");
        assertThat(problems(Map.of("secret", "sixteen letters!"))).isEmpty();
    }

    /** It would do nothing there, and a setting that protects nothing is worse than none. */
    @Test
    void aSecretIsRefusedWhereItDoesNothing() throws Exception {
        String file = Files.createTempFile("stack", ".xml").toString();
        for (Map<String, String> elsewhere : List.of(
                Map.of("stack", file),
                Map.of("configuration", file),
                Map.of("jndi", "java:x"),
                Map.of("stack", "local"))) {
            Map<String, String> settings = new HashMap<>(elsewhere);
            settings.put("secret", SECRET);
            assertThat(problems(settings)).singleElement().asString().startsWith("secret=a text: ");
        }
    }

    private static Map<String, String> tls(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.putAll(Map.of(
                "tls.key",
                keys,
                "tls.key-password",
                TlsFiles.PASSWORD,
                "tls.trust",
                keys,
                "tls.trust-password",
                TlsFiles.PASSWORD));
        return settings;
    }

    private static List<String> problems(Map<String, String> values) {
        MapSettings settings = new MapSettings(values);
        new InfinispanCacheProvider().configure(settings);
        return settings.problems();
    }
}
