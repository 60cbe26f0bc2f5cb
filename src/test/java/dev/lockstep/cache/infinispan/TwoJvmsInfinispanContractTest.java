package dev.lockstep.cache.infinispan;

import java.util.Map;

/** Two JVMs, replicated and encrypted. */
class TwoJvmsInfinispanContractTest extends JvmsInfinispanContract {

    @Override
    int jvms() {
        return 2;
    }

    @Override
    String arrangement() {
        return "replicated, encrypted, 2 JVMs";
    }

    @Override
    Map<String, String> more() {
        return Map.of("secret", "correct horse battery staple");
    }
}
