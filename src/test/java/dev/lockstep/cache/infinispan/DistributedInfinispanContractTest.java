package dev.lockstep.cache.infinispan;

import java.util.Map;

/** Distributed, with one owner for each copy, so that most operations go to the other node. */
class DistributedInfinispanContractTest extends InfinispanContract {

    @Override
    String arrangement() {
        return "distributed";
    }

    @Override
    Map<String, String> more() {
        return Map.of("mode", "distributed", "owners", "1");
    }
}
