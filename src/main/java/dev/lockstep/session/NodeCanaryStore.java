package dev.lockstep.session;

import dev.lockstep.RevocationOutcome;
import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.canary.CanaryStore;
import dev.lockstep.revocation.CurrentFacts;
import dev.lockstep.revocation.RevocationCommitter;
import dev.lockstep.spi.NewSession;
import dev.lockstep.spi.ReservedPrincipal;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.SessionSearch;
import dev.lockstep.spi.SessionStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Canaries by the same ways as sessions of users. Thread-safe. */
final class NodeCanaryStore implements CanaryStore {

    private final SessionStore store;
    private final SessionSearch search;
    private final RevocationLog log;
    private final CurrentFacts current;
    private final SessionLookup lookup;
    private final RevocationCommitter revocations;
    private final Executor thread;

    /** @param thread where what follows a revocation is done */
    NodeCanaryStore(
            SessionStore store,
            SessionSearch search,
            RevocationLog log,
            CurrentFacts current,
            SessionLookup lookup,
            RevocationCommitter revocations,
            Executor thread) {
        this.store = store;
        this.search = search;
        this.log = log;
        this.current = current;
        this.lookup = lookup;
        this.revocations = revocations;
        this.thread = thread;
    }

    @Override
    public void open(NewSession session) {
        lookup.keep(store.open(session));
    }

    @Override
    public List<SessionCopy> list() {
        return search.page(ReservedPrincipal.CANARY, null, SessionSearch.LONGEST_PAGE)
                .sessions();
    }

    @Override
    public @Nullable Session find(TokenDigest digest) {
        return lookup.find(digest);
    }

    @Override
    public CompletionStage<RevocationOutcome> revoke(String sessionId) {
        return revocations.revoke(new OfId(sessionId)).settledOn(thread);
    }

    @Override
    public String node() {
        return current.node();
    }

    @Override
    public Set<String> nodes() {
        return log.nodes().rows().stream()
                .map(row -> CurrentFacts.nodeOf(row.id()))
                .collect(Collectors.toSet());
    }

    @Override
    public long storeMillis() {
        return lookup.storeMillis();
    }
}
