package dev.lockstep.demo.launcher;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What caches outside a node's JVM need to know, whichever is chosen: free ports for an Infinispan
 * cluster of the two nodes alone, and a place that is removed with the demo for those that keep
 * files.
 */
final class CacheSettings {

    private final Map<String, String> common;
    private final List<Integer> clusterPorts;

    private CacheSettings(Map<String, String> common, List<Integer> clusterPorts) {
        this.common = common;
        this.clusterPorts = clusterPorts;
    }

    static CacheSettings in(Path scratch) throws IOException {
        List<Integer> ports = DemoPorts.free(2);
        String hosts = "127.0.0.1:%d,127.0.0.1:%d".formatted(ports.get(0), ports.get(1));
        return new CacheSettings(
                Map.of(
                        "lockstep.infinispan.initial-hosts",
                        hosts,
                        "lockstep.infinispan.secret",
                        new BigInteger(128, new SecureRandom()).toString(36),
                        "lockstep.database.url",
                        "jdbc:sqlite:" + scratch.resolve("cache.db"),
                        "lockstep.shared-memory.path",
                        scratch.resolve("shared-memory").toString()),
                ports);
    }

    /**
     * The properties of a node.
     *
     * @param number 0 or 1
     * @param given what the command line says, which goes before
     */
    Map<String, String> with(int number, Map<String, String> given) {
        Map<String, String> all = new TreeMap<>(common);
        all.put("lockstep.infinispan.bind-port", clusterPorts.get(number).toString());
        all.putAll(given);
        return all;
    }
}
