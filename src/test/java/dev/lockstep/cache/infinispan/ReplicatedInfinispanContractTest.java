package dev.lockstep.cache.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Replicated and encrypted. */
class ReplicatedInfinispanContractTest extends InfinispanContract {

    @Override
    String arrangement() {
        return "replicated, encrypted";
    }

    @Override
    Map<String, String> more() {
        return Map.of("secret", "correct horse battery staple");
    }

    @Test
    void whatTheySayIsSealed() {
        assertThat(stack(cache).<EncryptThenMac>findProtocol(EncryptThenMac.class))
                .isNotNull();
    }

    @Test
    void theNodesOfAnApplicationFormACluster() {
        assertThat(ours(cache).connection().manager().getMembers()).hasSize(2);
        assertThat(ours(other).connection().manager().getMembers()).hasSize(1);
    }
}
