package dev.lockstep.cache.infinispan;

import dev.lockstep.CacheException;
import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.SharedConnection;
import java.io.IOException;
import java.util.Optional;
import org.infinispan.factories.GlobalComponentRegistry;
import org.infinispan.remoting.transport.Transport;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;
import org.jgroups.JChannel;
import org.jgroups.Receiver;
import org.jgroups.fork.ForkChannel;
import org.jgroups.protocols.FORK;
import org.jgroups.stack.Protocol;
import org.jgroups.stack.ProtocolStack;
import org.jspecify.annotations.Nullable;

/**
 * Where the revocation channel gets its connection: from the cache's manager, if the cache is
 * Infinispan's; from the manager that the settings name; or from a JGroups channel of its own,
 * since nothing more than that is needed.
 *
 * <p>Confined to the threads that start and close the channel, one after the other.
 */
final class ChannelConnection implements AutoCloseable {

    private static final String STACK = "lockstep";

    private final @Nullable InfinispanNode node;
    private final boolean closesNode;
    private final InfinispanSettings settings;
    private final String cluster;
    private final String application;
    private @Nullable JChannel main;
    private @Nullable JChannel forked;
    private @Nullable ForkChannel fork;

    private ChannelConnection(
            @Nullable InfinispanNode node, boolean closesNode, InfinispanSettings settings, CacheContext context) {
        this.node = node;
        this.closesNode = closesNode;
        this.settings = settings;
        this.cluster = InfinispanNode.cluster(settings, context);
        this.application = context.application();
    }

    static ChannelConnection open(InfinispanSettings settings, CacheContext context, SharedConnection shared) {
        return shared.as(InfinispanNode.class)
                .map(node -> new ChannelConnection(node, false, settings, context))
                .orElseGet(() -> new ChannelConnection(ofItsOwn(settings, context), true, settings, context));
    }

    private static @Nullable InfinispanNode ofItsOwn(InfinispanSettings settings, CacheContext context) {
        boolean plain = settings.configuration().isEmpty() && settings.jndi().isEmpty();
        return plain ? null : InfinispanNode.open(settings, context);
    }

    /** A connected channel, or nothing where there are no other nodes to reach. */
    Optional<JChannel> connect(Receiver receiver) throws Exception {
        Optional<JChannel> found = node == null ? own() : theirs(node);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ForkChannel opened = fork(found.get());
        forked = found.get();
        fork = opened;
        opened.setReceiver(receiver);
        opened.connect(cluster);
        return Optional.of(opened);
    }

    @Override
    public void close() throws IOException {
        if (fork != null) {
            fork.close();
        }
        if (forked != null) {
            // a closed fork stays among them, and all that it leads to
            forked.removeChannelListener(fork);
        }
        if (main != null) {
            main.close();
        }
        if (node != null && closesNode) {
            node.close();
        }
    }

    private Optional<JChannel> own() throws Exception {
        if (settings.stack().equals(InfinispanSettings.LOCAL)) {
            return Optional.empty();
        }
        JChannel channel = Stacks.channel(settings, cluster);
        main = channel;
        settings.node().ifPresent(channel::setName);
        channel.connect(cluster);
        return Optional.of(channel);
    }

    private static Optional<JChannel> theirs(InfinispanNode node) {
        boolean clustered = node.manager().getCacheManagerConfiguration().isClustered();
        return clustered ? Optional.of(transport(node).getChannel()) : Optional.empty();
    }

    private static JGroupsTransport transport(InfinispanNode node) {
        Transport transport = GlobalComponentRegistry.componentOf(node.manager(), Transport.class);
        if (transport instanceof JGroupsTransport jgroups) {
            return jgroups;
        }
        throw new CacheException("LOCKSTEP-0325 The cache manager has no JGroups transport.", null);
    }

    /**
     * On a stack without the protocol FORK, puts it on top. Applications that share a manager have
     * each its own fork.
     */
    private ForkChannel fork(JChannel main) throws Exception {
        ProtocolStack stack = main.getProtocolStack();
        if (stack.findProtocol(FORK.class) != null) {
            return new ForkChannel(main, STACK, application);
        }
        Class<? extends Protocol> top = stack.getTopProtocol().getClass();
        return new ForkChannel(main, STACK, application, true, ProtocolStack.Position.ABOVE, top);
    }
}
