package dev.lockstep.cache.redis;

import dev.lockstep.contract.TlsFiles;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** TLS on both sides, and a user who may touch nothing but our keys. */
class RedisTlsContractTest extends RedisContract {

    @AutoClose
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
                "+getrange",
                "+set",
                "+unlink",
                "+scan",
                "+exists",
                "+ping",
                "+client",
                "+hello",
                "+auth");
    }

    @Override
    protected String backend() throws Exception {
        return RedisProcess.version() + ", TLS";
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
                "tls.trust",
                tls.certificate().toString(),
                "tls.certificate",
                tls.certificate().toString(),
                "tls.key",
                tls.key().toString());
    }

    @Test
    void aServerThatIsNotTrustedIsNotUsed() throws Exception {
        assertRefused(Map.of("tls.trust", stranger.certificate().toString()));
    }

    @Test
    void aWrongPasswordIsNotUsed() throws Exception {
        assertRefused(Map.of("password", "guess"));
    }
}
