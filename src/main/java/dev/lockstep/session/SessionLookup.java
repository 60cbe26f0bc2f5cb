package dev.lockstep.session;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionToken;
import dev.lockstep.TokenDigest;
import dev.lockstep.revocation.CurrentFacts;
import dev.lockstep.revocation.Verdict;
import dev.lockstep.spi.FingerprintedCache;
import dev.lockstep.spi.Lookup.Result;
import dev.lockstep.spi.Lookup.Source;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.SessionStore;
import dev.lockstep.spi.TimedCache;
import dev.lockstep.spi.TimedCache.TimedCopy;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The read path: near cache, shared cache, store. A copy from a cache, or from a load that another
 * request had begun, is used only if this node's facts vouch for it at that moment; otherwise the
 * store decides. Filling a cache needs no guard, since a copy is judged each time it is used.
 *
 * <p>Thread-safe.
 */
final class SessionLookup {

    private final CurrentFacts facts;
    private final SessionStore store;
    private final LayeredCache copies;
    private final @Nullable TimedCache nearCache;
    private final @Nullable FingerprintedCache index;
    private final TokenFingerprinter.Use<TimedCopy> byFingerprint;
    private final TokenDigester digester;
    private final TokenVerifier verifier;
    private final TokenFingerprinter fingerprinter = new TokenFingerprinter();
    private final SingleFlight singleFlight;
    private final UsageRecorder usage;
    private final boolean trustCopies;
    private final boolean tagComesLate;
    private final NodeClock clock;
    private final NodeListener observer;
    private final boolean observed;

    SessionLookup(
            CurrentFacts facts,
            SessionStore store,
            LayeredCache copies,
            TokenDigester digester,
            TokenVerifier verifier,
            UsageRecorder usage,
            boolean trustCopies,
            NodeClock clock,
            NodeListener observer) {
        this.facts = facts;
        this.store = store;
        this.copies = copies;
        this.nearCache = copies.near();
        this.index = trustCopies && nearCache instanceof FingerprintedCache fingerprinted ? fingerprinted : null;
        this.byFingerprint = index == null ? (a, b) -> null : index::getTimed;
        this.digester = digester;
        this.verifier = verifier;
        this.usage = usage;
        this.trustCopies = trustCopies;
        this.tagComesLate = trustCopies && copies.isSharedLocal();
        this.clock = clock;
        this.observer = observer;
        this.observed = observer != NodeListener.NONE;
        this.singleFlight = new SingleFlight(this::loadUnlessKept);
    }

    /**
     * The session of a token that has a length of ours. A copy that is found by the token's
     * fingerprint, and is live, answers without a digest being made. Behind that nothing that costs
     * more than the token's tag is asked of a token that was not issued here.
     */
    @Nullable
    Session find(SessionToken token) {
        TimedCopy near = index == null ? null : fingerprinter.of(token, byFingerprint);
        if (near != null && judge(near) == Verdict.LIVE) {
            answered(Source.NEAR, Result.LIVE, 0);
            return usedLive(near);
        }
        return (tagComesLate ? hasForm(token) : mayBeOurs(token)) ? findAndIdentify(token) : null;
    }

    /** Makes the fingerprint anew, as hits keep none. */
    private @Nullable Session findAndIdentify(SessionToken token) {
        TokenDigest digest = digester.digest(token);
        Session found = find(digest, tagComesLate ? token : null);
        if (found != null && index != null) {
            fingerprinter.of(token, (a, b) -> {
                index.identify(digest, a, b);
                return null;
            });
        }
        return found;
    }

    /** Asks the store, and joins no load. */
    @Nullable
    Session findConfirmed(SessionToken token) {
        return mayBeOurs(token) ? findConfirmed(digester.digest(token)) : null;
    }

    private boolean hasForm(SessionToken token) {
        return tellIfNotIssued(TokenFormat.isForm(token));
    }

    private boolean mayBeOurs(SessionToken token) {
        return tellIfNotIssued(verifier.mayBeOurs(token));
    }

    private boolean tellIfNotIssued(boolean may) {
        if (!may) {
            answered(Source.TAG, Result.NOT_LIVE, 0);
        }
        return may;
    }

    @Nullable
    Session find(TokenDigest digest) {
        return find(digest, null);
    }

    /** @param unproven the token, if its tag is still to be looked at */
    private @Nullable Session find(TokenDigest digest, @Nullable SessionToken unproven) {
        if (!trustCopies) {
            return used(fromStore(() -> singleFlight.load(digest, copy -> false), began()));
        }
        TimedCopy near = getNear(digest);
        Verdict verdict = judge(near);
        if (near != null && verdict == Verdict.LIVE) {
            answered(Source.NEAR, Result.LIVE, 0);
            return usedLive(near);
        }
        long began = began();
        if (verdict == Verdict.REVOKED || facts.get().isRevoked(digest)) {
            notUsed(Source.NEAR, near);
            return revoked(began);
        }
        return findBehindNear(digest, unproven, near, began);
    }

    private @Nullable Session findConfirmed(TokenDigest digest) {
        SessionCopy loaded = fromStore(() -> loadAndKeep(digest), began());
        if (loaded == null) {
            copies.deny(digest);
        }
        return used(loaded);
    }

    /** The store did not find it, whatever copies say. */
    void gone(TokenDigest digest) {
        copies.deny(digest);
    }

    /** Caches what the store has just opened. */
    void keep(SessionCopy copy) {
        if (trustCopies) {
            copies.put(copy);
        }
    }

    /** The store's clock, or a little later, as this node knows it. */
    long storeMillis() {
        return facts.get().storeMillis();
    }

    private @Nullable Session findBehindNear(
            TokenDigest digest, @Nullable SessionToken unproven, @Nullable TimedCopy near, long began) {
        int stamp = copies.stamp(digest);
        TimedCopy shared = copies.getShared(digest);
        boolean live = shared != null && judge(shared) == Verdict.LIVE;
        if (!live && unproven != null && !mayBeOurs(unproven)) {
            return null; // what nobody issued, no cache has missed
        }
        notUsed(Source.NEAR, near);
        if (shared != null && live) {
            copies.putNear(shared.copy(), stamp);
            answered(Source.SHARED, Result.LIVE, since(began));
            return usedLive(shared);
        }
        notUsed(Source.SHARED, shared);
        SessionCopy loaded = fromStore(() -> singleFlight.load(digest, this::isTrusted), began);
        if (loaded == null && (near != null || shared != null)) {
            copies.deny(digest);
        }
        return used(loaded);
    }

    private @Nullable Session revoked(long began) {
        answered(Source.FACTS, Result.NOT_LIVE, since(began));
        return null;
    }

    private @Nullable SessionCopy fromStore(Supplier<@Nullable SessionCopy> load, long began) {
        Result result = Result.FAILED;
        try {
            SessionCopy loaded = load.get();
            result = loaded == null ? Result.NOT_LIVE : Result.LIVE;
            return loaded;
        } finally {
            answered(Source.STORE, result, since(began));
        }
    }

    /** The clock is read only where somebody listens: it takes as long as a good part of a hit. */
    private long began() {
        return observed ? clock.nanoTime() : 0;
    }

    private long since(long began) {
        return observed ? clock.nanoTime() - began : 0;
    }

    private void answered(Source source, Result result, long nanos) {
        if (observed) {
            observer.lookedUp(source, result, nanos);
        }
    }

    private void notUsed(Source cache, @Nullable TimedCopy kept) {
        if (!observed) {
            return;
        }
        if (kept != null) {
            observer.refused(cache, facts.get().refusal(kept));
        } else if (copies.has(cache)) {
            observer.missed(cache);
        }
    }

    private @Nullable TimedCopy getNear(TokenDigest digest) {
        return nearCache == null ? null : nearCache.getTimed(digest);
    }

    private Verdict judge(@Nullable TimedCopy kept) {
        return kept == null ? Verdict.UNKNOWN : facts.get().judge(kept);
    }

    /**
     * Of a copy from another request's load, which may have begun before the store denied the
     * session.
     */
    private boolean isTrusted(SessionCopy copy) {
        return facts.get().judge(copy) == Verdict.LIVE && !copies.isDenied(copy.digest());
    }

    /**
     * A load may have ended between this request's look into the near cache and the beginning of
     * its own load: its copy is there now. Being judged after the load began, it stands for all who
     * wait for this load.
     */
    private @Nullable SessionCopy loadUnlessKept(TokenDigest digest) {
        TimedCopy near = getNear(digest);
        return near != null && judge(near) == Verdict.LIVE ? near.copy() : loadAndKeep(digest);
    }

    private @Nullable SessionCopy loadAndKeep(TokenDigest digest) {
        long sent = began();
        SessionCopy loaded = trustCopies ? copies.load(digest, store) : store.find(digest);
        if (observed) {
            observer.loaded(loaded != null, Duration.ofNanos(since(sent)));
        }
        return loaded;
    }

    /**
     * Of a copy whose lease is running: its end bounds the store's clock, which so need not be
     * worked out each time.
     */
    private Session usedLive(TimedCopy kept) {
        Session session = kept.session();
        if (UsageRecorder.isDue(session, facts.get().storeMillisAtMost())) {
            usage.used(kept.copy(), facts.get().storeMillis());
        }
        return session;
    }

    private @Nullable Session used(@Nullable SessionCopy copy) {
        if (copy == null) {
            return null;
        }
        usage.used(copy, facts.get().storeMillis());
        return copy.session();
    }
}
