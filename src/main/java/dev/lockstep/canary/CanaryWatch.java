package dev.lockstep.canary;

import dev.lockstep.spi.NodeListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Watches the canaries of all nodes from one of them. Used by one thread.
 *
 * <p><b>What is proved.</b> A look finds a live canary, and the node accepts it by an ordinary
 * look-up, so that its caches hold a copy. A later look finds the issuer's next canary, which names
 * the first. It was opened after the revocation of the first had returned, and this look has read
 * it: so whatever this node looks up from now on comes after the return. It looks up the first
 * canary. If it accepts that, the promise is broken, and if it refuses, it was kept here and now.
 *
 * <p>No clock is compared with another: a node that was paused, or whose clocks are wrong, raises
 * no false alarm. The price is that a canary which another node accepts only between the return and
 * its next look goes unnoticed; how soon looks follow is {@link CanaryTimes}'s matter. The node
 * that revoked it looks at once.
 *
 * <p><b>Bounds.</b> A look reads one page of the store, and, while some canaries are proved and
 * others are not, the list of nodes, since one that is gone revokes nothing any more. It looks up
 * as many canaries as nodes have opened: one that lives and one that has ended, of each. What is
 * remembered goes two periods after its announced end.
 */
final class CanaryWatch {

    /** Periods for which a canary is remembered whose issuer says no more. */
    private static final int PATIENCE = 2;

    private static final Logger LOG = System.getLogger(CanaryWatch.class.getName());

    private final CanaryStore store;
    private final NodeListener observer;
    private final Duration period;

    /** The canaries that this node has accepted, and not yet refused, by their identifiers. */
    private final Map<String, Canary> accepted = new HashMap<>();

    /** Whose canaries were refused since all of them had been. */
    private final Set<String> proved = new HashSet<>();

    CanaryWatch(CanaryStore store, NodeListener observer, Duration period) {
        this.store = store;
        this.observer = observer;
        this.period = period;
    }

    /**
     * Looks once.
     *
     * @throws dev.lockstep.StoreUnavailableException if the store does not answer; a later look
     *     goes on
     */
    void look() {
        List<Canary> live =
                store.list().stream().map(Canary::of).flatMap(Optional::stream).toList();
        live.stream().map(Canary::previous).filter(Objects::nonNull).forEach(this::judge);
        live.forEach(this::accept);
        forgetOld();
        tellIfComplete(live);
    }

    /**
     * Looks up a canary whose revocation has returned; without effect if this node has not accepted
     * it before, or has looked already.
     */
    void judge(String ended) {
        Canary canary = accepted.get(ended);
        if (canary == null) {
            return;
        }
        boolean isRefused = store.find(canary.digest()) == null;
        accepted.remove(ended);
        if (isRefused) {
            proved.add(canary.issuer());
        } else {
            fail(canary);
        }
    }

    private void fail(Canary canary) {
        proved.clear();
        LOG.log(
                Level.ERROR,
                "LOCKSTEP-0225 This node has accepted a session that was revoked on " + canary.node()
                        + ", after the revocation had returned there: a logout was not true. It was a canary, nobody's"
                        + " session. Please report this, with the configuration and what the nodes have logged; until"
                        + " it is understood, lockstep.lease=0 has every request ask the store. revokedOn="
                        + canary.node());
        observer.canaryFailed(canary.node());
    }

    private void accept(Canary canary) {
        if (store.find(canary.digest()) != null) {
            accepted.put(canary.id(), canary);
        }
    }

    private void forgetOld() {
        long old = store.storeMillis() - period.multipliedBy(PATIENCE).toMillis();
        accepted.values().removeIf(canary -> canary.until() < old);
    }

    private void tellIfComplete(List<Canary> live) {
        Set<String> issuers = live.stream().map(Canary::issuer).collect(Collectors.toCollection(HashSet::new));
        if (!proved.isEmpty() && !proved.containsAll(issuers)) {
            issuers.retainAll(store.nodes());
        }
        if (!issuers.isEmpty() && proved.containsAll(issuers)) {
            proved.clear();
            observer.canaryProved(issuers.size());
        }
    }
}
