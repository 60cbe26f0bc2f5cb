package dev.lockstep.cache.redis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.CacheException;
import dev.lockstep.SessionCache;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.SessionCopies;
import dev.lockstep.contract.TlsFiles;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** TLS on both sides, and a user who may touch nothing but our keys. */
class RedisTlsContractTest extends RedisContract {

    private RedisProcess server;
    private TlsFiles tls;
    private TlsFiles stranger;

    @Override
    protected void startBackend() throws Exception {
        tls = TlsFiles.create();
        stranger = TlsFiles.create();
        server = RedisProcess.server(
                "--tls-cert-file",
                tls.certificate().toString(),
                "--tls-key-file",
                tls.key().toString(),
                "--tls-ca-cert-file",
                tls.certificate().toString(),
                "--user",
                "default",
                "off",
                "--user",
                "lockstep",
                "on",
                ">pass:word",
                "~lockstep:*",
                "-@all",
                "+get",
                "+set",
                "+unlink",
                "+scan",
                "+exists",
                "+ping",
                "+client",
                "+hello",
                "+auth");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Override
    protected String backend() {
        return "Redis 6.2.11, TLS";
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "uri",
                "rediss://127.0.0.1:" + server.port(),
                "user",
                "lockstep",
                "password",
                "pass:word",
                "tls-ca",
                tls.certificate().toString(),
                "tls-certificate",
                tls.certificate().toString(),
                "tls-key",
                tls.key().toString());
    }

    @Test
    void aServerThatIsNotTrustedIsNotUsed() {
        assertRefused("tls-ca", stranger.certificate().toString());
    }

    @Test
    void aWrongPasswordIsNotUsed() {
        assertRefused("password", "guess");
    }

    private void assertRefused(String name, String value) {
        Map<String, String> settings = new HashMap<>(settings());
        settings.put(name, value);
        ContractContext context = context("/refused");
        SessionCache refused =
                new RedisCacheProvider().configure(new MapSettings(settings)).open(context);
        try {
            assertThatThrownBy(() -> refused.put(SessionCopies.fresh(), LONG)).isInstanceOf(CacheException.class);
        } finally {
            ((RedisCache) refused).close();
        }
    }
}
