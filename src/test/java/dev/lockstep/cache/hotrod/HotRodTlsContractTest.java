package dev.lockstep.cache.hotrod;

import dev.lockstep.contract.TlsFiles;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** TLS on both sides, and a user who may touch nothing but a cache that the server has. */
class HotRodTlsContractTest extends HotRodContract {

    @AutoClose
    private InfinispanServer server;

    private TlsFiles tls;
    private TlsFiles stranger;

    @Override
    protected void startBackend() throws Exception {
        tls = TlsFiles.create();
        stranger = TlsFiles.create();
        server = InfinispanServer.strict(tls);
        server.awaitListening();
    }

    @Override
    protected String backend() throws Exception {
        return InfinispanServer.version() + ", TLS";
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "uri",
                server.tlsUri(),
                "user",
                InfinispanServer.USER,
                "password",
                InfinispanServer.PASSWORD,
                "create",
                "none",
                "tls.trust",
                tls.certificate().toString(),
                "tls.key",
                tls.keyStore().toString(),
                "tls.key-password",
                TlsFiles.PASSWORD);
    }

    @Test
    void aServerThatIsNotTrustedIsNotUsed() throws Exception {
        assertRefused(Map.of("tls.trust", stranger.certificate().toString()));
    }

    @Test
    void aServerOfAnotherNameIsNotUsed() throws Exception {
        assertRefused(Map.of("tls.server-name", "elsewhere.example"));
    }

    @Test
    void withoutACertificateNothingIsGiven() throws Exception {
        assertRefused(Map.of("tls.key", "", "tls.key-password", ""));
    }

    @Test
    void aUserWithoutTheRightsIsRefused() throws Exception {
        assertRefused(Map.of("user", InfinispanServer.NOBODY));
    }

    @Test
    void aCacheThatIsAbsentIsNotCreatedAgainstOurWill() throws Exception {
        assertRefused(Map.of("cache", "absent"));
    }
}
