package dev.lockstep.revocation;

import dev.lockstep.concurrent.OnceAMinute;
import dev.lockstep.redaction.Redaction;
import dev.lockstep.revocation.LeaseWait.Commit;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationLog.NodeRows;
import dev.lockstep.spi.Revoked;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What follows the commit of a revocation: this node's own facts, the push, and the waiting for the
 * other nodes. Thread-safe; never blocks.
 */
final class Settlement {

    private static final Logger LOG = System.getLogger(Settlement.class.getName());

    private final CurrentFacts current;
    private final @Nullable LeaseWaits leaseWaits;
    private final @Nullable RevocationChannel channel;
    private final Duration pushDeadline;
    private final NodeListener observer;
    private final OnceAMinute messages = new OnceAMinute();

    /** @param leaseWaits null where the store keeps no log, and no node trusts copies */
    Settlement(
            CurrentFacts current,
            @Nullable LeaseWaits leaseWaits,
            @Nullable RevocationChannel channel,
            Duration pushDeadline,
            NodeListener observer) {
        this.current = current;
        this.leaseWaits = leaseWaits;
        this.channel = channel;
        this.pushDeadline = pushDeadline;
        this.observer = observer;
    }

    /** The same where nobody follows the push. */
    CompletableFuture<Settled> settle(List<Revoked> committed, NodeRows nodes, Lease.Start sent) {
        return settle(committed, nodes, sent, asked -> {});
    }

    /**
     * Completes when every node knows of all these revocations, or can't be trusting copies any
     * more. What was committed together is settled together.
     *
     * @param nodes as they were read after the commit
     * @param sent noted before the commit was sent
     * @param pushed told of a push, and how many nodes are waited for
     */
    CompletableFuture<Settled> settle(List<Revoked> committed, NodeRows nodes, Lease.Start sent, IntConsumer pushed) {
        LogPosition upTo = newest(committed);
        Set<String> others = others(nodes);
        if (upTo == null || leaseWaits == null) {
            return CompletableFuture.completedFuture(Settled.atOnce(others, storeMillis()));
        }
        List<Revocation> revocations = all(committed);
        current.applyOwn(upTo.epoch(), revocations);
        boolean complete = committed.stream().allMatch(Revoked::complete);
        LeaseWait wait = leaseWaits.enter(new Commit(upTo, nodes, sent), complete);
        if (channel != null && !wait.over().isCompletedExceptionally() && isNews(upTo, nodes)) {
            push(channel, new Message(upTo.epoch(), revocations), wait, pushed);
        }
        return leaseWaits.confirmed(wait).thenApply(nothing -> settled(wait, others));
    }

    private Settled settled(LeaseWait wait, Set<String> others) {
        Set<NodeRow> waitedOut = wait.waitedOut().stream()
                .filter(row -> others.contains(row.id()))
                .collect(Collectors.toSet());
        return new Settled(others, waitedOut, storeMillis(), wait.elapsed());
    }

    /** To another node, perhaps one that is not waited for, but whose observers wait. */
    private boolean isNews(LogPosition upTo, NodeRows nodes) {
        return nodes.rows().stream()
                .anyMatch(row -> !current.isOwn(row.id()) && !row.applied().reaches(upTo));
    }

    private Set<String> others(NodeRows nodes) {
        return nodes.rows().stream()
                .map(NodeRow::id)
                .filter(id -> !current.isOwn(id))
                .collect(Collectors.toSet());
    }

    private long storeMillis() {
        return current.get().storeMillis();
    }

    /**
     * A push or a poke only makes a logout quick; what follows without it is the waiting for the
     * nodes' polls.
     */
    private void push(RevocationChannel channel, Message message, LeaseWait wait, IntConsumer pushed) {
        int asked = wait.acknowledging();
        try {
            channel.push(message, pushDeadline, wait::acknowledged);
            tell(channel, asked);
            pushed.accept(asked);
        } catch (RuntimeException | Error e) {
            if (messages.isDue()) {
                LOG.log(
                        Level.WARNING,
                        "LOCKSTEP-0232 The revocation channel failed; logouts wait for the other nodes' polls instead. asked="
                                + asked,
                        Redaction.cause(e, ""));
            }
        }
    }

    private void tell(RevocationChannel channel, int asked) {
        if (channel.pushes()) {
            observer.pushed(asked);
        } else {
            observer.poking(asked);
        }
    }

    private static @Nullable LogPosition newest(List<Revoked> committed) {
        return committed.stream()
                .map(Revoked::upTo)
                .filter(Objects::nonNull)
                .reduce((a, b) -> a.reaches(b) ? a : b)
                .orElse(null);
    }

    /** Each once, by its position. */
    private static List<Revocation> all(List<Revoked> committed) {
        Map<Long, Revocation> all = new TreeMap<>();
        committed.forEach(
                revoked -> revoked.revocations().forEach(revocation -> all.put(revocation.position(), revocation)));
        return List.copyOf(all.values());
    }
}
