package dev.lockstep.chaos.backend;

import dev.lockstep.chaos.cluster.TcpProxy;
import dev.lockstep.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The cluster that the nodes form themselves. Each is reached by the others through a proxy, whose
 * address it gives as its own; when all of them are cut, every node is alone, goes on, and has
 * things to merge when they are restored.
 */
final class InfinispanBackend implements Backend {

    private static final String STACK = """
            <config xmlns="urn:org:jgroups">
              <TCP bind_addr="127.0.0.1" bind_port="%d" port_range="0" external_addr="127.0.0.1" external_port="%d"
                   sock_conn_timeout="300" diag.enabled="false"/>
              <TCPPING initial_hosts="%s" port_range="0"/>
              <MERGE3 min_interval="1000" max_interval="3000"/>
              <FD_ALL3 timeout="1500" interval="300"/>
              <VERIFY_SUSPECT2 timeout="300"/>
              <pbcast.NAKACK2 use_mcast_xmit="false" xmit_interval="200"/>
              <UNICAST3 xmit_interval="200"/>
              <pbcast.STABLE/>
              <pbcast.GMS print_local_addr="false" join_timeout="500"/>
              <UFC/>
              <MFC/>
              <FRAG4/>
              <FORK/>
            </config>
            """;

    private final List<TcpProxy> ways = new ArrayList<>();
    private final List<Path> stacks = new ArrayList<>();

    private InfinispanBackend() {}

    static InfinispanBackend start(Path directory, int nodes) throws IOException {
        InfinispanBackend cluster = new InfinispanBackend();
        for (int node = 0; node < nodes; node++) {
            cluster.ways.add(new TcpProxy());
        }
        String hosts = cluster.ways.stream()
                .map(way -> "127.0.0.1[" + way.port() + "]")
                .collect(Collectors.joining(","));
        for (TcpProxy way : cluster.ways) {
            int port = Ports.free();
            way.leadTo(port);
            Path stack = directory.resolve("stack-" + way.port() + ".xml");
            Files.writeString(stack, STACK.formatted(port, way.port(), hosts));
            cluster.stacks.add(stack);
        }
        return cluster;
    }

    @Override
    public Map<String, String> settings(int node) {
        return Map.of("stack", stacks.get(node).toString());
    }

    @Override
    public List<Harm> harms() {
        return List.of(
                new Harm("cache-split", 3_000, 8_000, () -> ways.forEach(TcpProxy::cut), this::reopen),
                new Harm(
                        "cache-stall",
                        300,
                        4_000,
                        () -> ways.forEach(TcpProxy::holdAll),
                        () -> ways.forEach(TcpProxy::release)));
    }

    @Override
    public void close() {
        ways.forEach(TcpProxy::close);
    }

    private void reopen() {
        ways.forEach(TcpProxy::reopen);
    }
}
