package dev.lockstep.cache.infinispan;

import dev.lockstep.contract.TlsFiles;
import java.util.Map;

/** Three JVMs, distributed over two owners, by TLS. */
class ThreeJvmsInfinispanContractTest extends JvmsInfinispanContract {

    private TlsFiles tls;

    @Override
    protected void startBackend() throws Exception {
        super.startBackend();
        tls = TlsFiles.create();
    }

    @Override
    int jvms() {
        return 3;
    }

    @Override
    String arrangement() {
        return "distributed, TLS, 3 JVMs";
    }

    @Override
    Map<String, String> more() {
        return Map.of(
                "mode",
                "distributed",
                "tls.key",
                tls.keyStore().toString(),
                "tls.key-password",
                TlsFiles.PASSWORD,
                "tls.trust",
                tls.certificate().toString());
    }
}
