package dev.lockstep.cache.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.TlsFiles;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InfinispanSettingsTest {

    @Test
    void aNodeThatShowsACertificateAsksForOneToo() throws Exception {
        String keys = TlsFiles.create().keyStore().toString();
        assertThat(problems(Map.of("tls-key-store", keys, "tls-key-store-password", TlsFiles.PASSWORD)))
                .singleElement()
                .asString()
                .endsWith("tls-key-store and tls-trust-store");
        assertThat(problems(Map.of("tls-trust-store", keys, "tls-trust-store-password", TlsFiles.PASSWORD)))
                .singleElement()
                .asString()
                .startsWith("tls-key-store=not set");
    }

    @Test
    void aStackOfTheApplicationsHasTlsOfItsOwn() throws Exception {
        String keys = TlsFiles.create().keyStore().toString();
        Map<String, String> tls = Map.of(
                "stack",
                Files.createTempFile("stack", ".xml").toString(),
                "tls-key-store",
                keys,
                "tls-key-store-password",
                TlsFiles.PASSWORD,
                "tls-trust-store",
                keys,
                "tls-trust-store-password",
                TlsFiles.PASSWORD);
        assertThat(problems(tls)).singleElement().asString().startsWith("stack=");
    }

    private static List<String> problems(Map<String, String> values) {
        MapSettings settings = new MapSettings(values);
        new InfinispanCacheProvider().configure(settings);
        return settings.problems();
    }
}
