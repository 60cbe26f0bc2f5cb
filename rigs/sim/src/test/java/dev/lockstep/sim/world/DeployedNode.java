package dev.lockstep.sim.world;

import dev.lockstep.SessionCache;
import dev.lockstep.cache.memory.MemoryCacheProvider;
import dev.lockstep.cache.seal.SealedCopies;
import dev.lockstep.channel.AuthenticatedMessages;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.revocation.ProtocolLimits;
import dev.lockstep.revocation.RevocationSettings;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import dev.lockstep.session.LayeredCache;
import dev.lockstep.session.SessionEvents;
import dev.lockstep.session.SessionNode;
import dev.lockstep.session.SessionSettings;
import dev.lockstep.sim.engine.Choices;
import dev.lockstep.sim.engine.MachineClock;
import dev.lockstep.sim.engine.SimulatedThreads;
import dev.lockstep.sim.net.LyingCache;
import dev.lockstep.sim.net.PokingChannel;
import dev.lockstep.sim.net.PushingChannel;
import dev.lockstep.sim.store.NodeStore;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A node as a container puts it together, but for what is simulated. */
final class DeployedNode {

    private static final int UNBOUNDED = Integer.MAX_VALUE;
    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(15);
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private static final SessionEvents NOBODY = new SessionEvents() {
        @Override
        public void fire(Object event) {}

        @Override
        public void fireLater(Object event) {}
    };

    private final World world;
    private final SimulatedNode machine;
    private final MachineClock clock;
    private final SimulatedThreads threads;
    private final NodeStore store;
    private final ApplicationKey key;
    private final SessionNode node;

    DeployedNode(World world, SimulatedNode machine, Choices choices) {
        this.world = world;
        this.machine = machine;
        this.clock = machine.clock();
        this.threads = new SimulatedThreads(
                world.simulation(),
                machine.process(),
                clock,
                choices,
                world.plan().queue());
        this.store = world.storeOf(machine);
        SessionSettings settings = settings();
        this.key = ApplicationKey.kept(
                World.APPLICATION,
                store,
                settings.absoluteTimeout(),
                machine.lease(),
                ProtocolLimits.certainlyOver(ProtocolLimits.LONGEST_LEASE),
                threads.executor(1, UNBOUNDED),
                clock);
        this.node = new SessionNode(
                World.APPLICATION,
                settings,
                store,
                key,
                new LayeredCache(near(), shared(choices.split()), TIME_TO_LIVE, clock),
                channel(),
                NOBODY,
                clock,
                threads,
                NodeListener.NONE);
    }

    SessionNode node() {
        return node;
    }

    void start() {
        key.start();
        node.start();
    }

    private SessionSettings settings() {
        Duration poll = machine.lease().dividedBy(ProtocolLimits.POLLS_PER_LEASE);
        SessionSettings usual = SessionSettings.of(new RevocationSettings(
                machine.name(),
                machine.lease(),
                poll,
                world.plan().storeTimeout(),
                new FactsLimits(machine.plan().facts(), REMEMBERED),
                world.plan().single()));
        Plan.Lives lives = world.plan().lives();
        return new SessionSettings(
                lives.absolute(),
                lives.idle(),
                usual.awaitLogout(),
                usual.cookie(),
                usual.canary(),
                usual.tokenPrefix(),
                usual.revocation());
    }

    private @Nullable SessionCache near() {
        int copies = machine.plan().copies();
        return copies == 0
                ? null
                : MemoryCacheProvider.openNear(new NearContext(copies, threads.executor(1, UNBOUNDED), clock));
    }

    private @Nullable SessionCache shared(Choices choices) {
        return world.plan().shared()
                ? new LyingCache(
                        world.simulation(),
                        world.faults(),
                        choices,
                        world.sharedCopies(),
                        new SealedCopies(World.APPLICATION, "shared", () -> key, NodeListener.NONE))
                : null;
    }

    private @Nullable RevocationChannel channel() {
        return switch (world.plan().channel()) {
            case NONE -> null;
            case PUSHES ->
                new PushingChannel(
                        world.pushes(),
                        machine.process(),
                        new AuthenticatedMessages(World.APPLICATION, key, clock, NodeListener.NONE));
            case POKES -> new PokingChannel(world.pokes(), machine.process(), threads.executor(1, UNBOUNDED));
        };
    }
}
