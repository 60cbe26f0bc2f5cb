package dev.lockstep.cache.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCache;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.SharedCacheContract;
import dev.lockstep.process.Ports;
import dev.lockstep.spi.SessionCacheProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.infinispan.commons.util.Version;
import org.infinispan.factories.GlobalComponentRegistry;
import org.infinispan.remoting.transport.Transport;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;
import org.jgroups.protocols.TCP;
import org.jgroups.stack.ProtocolStack;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The contracts in a cluster: the node under test, a second one, and the node of another
 * application.
 */
abstract class InfinispanContract extends SharedCacheContract {

    private int firstPort;

    @Override
    protected void startBackend() throws Exception {
        firstPort = Ports.free();
    }

    @Override
    protected SessionCacheProvider provider() {
        return new InfinispanCacheProvider();
    }

    @Override
    protected String backend() {
        return "Infinispan " + Version.getVersion() + ", " + arrangement();
    }

    abstract String arrangement();

    /** What sets this arrangement apart. */
    abstract Map<String, String> more();

    @Override
    protected Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(more());
        settings.put("stack", "tcp");
        settings.put("bind-port", String.valueOf(firstPort));
        settings.put("port-range", "10");
        return settings;
    }

    @Override
    protected boolean expiresByOurClock() {
        return false;
    }

    @Override
    protected void plant(String application, TokenDigest digest, byte[] value) {
        ours(second).raw().put(digest.toBytes(), value);
    }

    @Override
    protected byte @Nullable [] raw(String application, TokenDigest digest) {
        return ours(second).raw().get(digest.toBytes());
    }

    @Override
    protected List<byte[]> everything(String application) {
        return ours(second).raw().entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Test
    void theNodesSpeakOverLoopbackByOurStack() {
        assertThat(stack(cache).<TCP>findProtocol(TCP.class).getBindAddress().isLoopbackAddress())
                .isTrue();
    }

    @Test
    void aLookAsksNobodyWhereEachNodeHasEachCopy() {
        boolean distributed = "distributed".equals(more().get("mode"));

        assertThat(ours(cache).isLocal()).isEqualTo(!distributed);
    }

    static ProtocolStack stack(SessionCache cache) {
        JGroupsTransport transport = (JGroupsTransport)
                GlobalComponentRegistry.componentOf(ours(cache).connection().manager(), Transport.class);
        return transport.getChannel().getProtocolStack();
    }

    static InfinispanCache ours(SessionCache cache) {
        return (InfinispanCache) cache;
    }
}
