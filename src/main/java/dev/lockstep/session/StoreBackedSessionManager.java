package dev.lockstep.session;

import dev.lockstep.IssuedToken;
import dev.lockstep.RevocationOutcome;
import dev.lockstep.Session;
import dev.lockstep.SessionCookie;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionOpened;
import dev.lockstep.SessionRotated;
import dev.lockstep.SessionToken;
import dev.lockstep.TokenDigest;
import dev.lockstep.revocation.PendingRevocation;
import dev.lockstep.revocation.RevocationCommitter;
import dev.lockstep.spi.NewSession;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.ReservedPrincipal;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Sessions kept in a store, found through cached copies where this node's facts vouch for them. The
 * reading is in {@link SessionLookup}, the revoking in {@link RevocationCommitter}. Thread-safe.
 */
public final class StoreBackedSessionManager implements SessionManager {

    /** The width of the column, so that a longer one fails before it reaches the store. */
    private static final int LONGEST_PRINCIPAL = 255;

    private final SessionSettings settings;
    private final SessionStore store;
    private final RevocationCommitter revocations;
    private final SessionLookup lookup;
    private final TokenDigester digester;
    private final TokenVerifier verifier;
    private final TokenGenerator tokens;
    private final SessionEvents events;
    private final NodeListener observer;
    private final boolean untilTrue;
    private final Executor completions;
    private final @Nullable Duration patience;

    /**
     * @param revocations ends sessions of the same store
     * @param lookup finds sessions, with the same store and node
     * @param completions where the stages of revocations complete
     */
    StoreBackedSessionManager(
            SessionSettings settings,
            SessionStore store,
            RevocationCommitter revocations,
            SessionLookup lookup,
            TokenDigester digester,
            TokenVerifier verifier,
            TokenGenerator tokens,
            SessionEvents events,
            NodeListener observer,
            Executor completions) {
        this(settings, store, revocations, lookup, digester, verifier, tokens, events, observer, completions, null);
    }

    private StoreBackedSessionManager(
            SessionSettings settings,
            SessionStore store,
            RevocationCommitter revocations,
            SessionLookup lookup,
            TokenDigester digester,
            TokenVerifier verifier,
            TokenGenerator tokens,
            SessionEvents events,
            NodeListener observer,
            Executor completions,
            @Nullable Duration patience) {
        this.settings = settings;
        this.store = store;
        this.revocations = revocations;
        this.lookup = lookup;
        this.digester = digester;
        this.verifier = verifier;
        this.tokens = tokens;
        this.events = events;
        this.observer = observer;
        this.untilTrue = settings.awaitLogout();
        this.completions = completions;
        this.patience = patience;
    }

    @Override
    public IssuedToken open(String principal, Set<String> groups, Map<String, String> attributes) {
        if (principal.isEmpty() || principal.length() > LONGEST_PRINCIPAL) {
            throw new IllegalArgumentException("LOCKSTEP-0210 A principal has 1 to " + LONGEST_PRINCIPAL
                    + " characters; this one has " + principal.length() + ".");
        }
        if (ReservedPrincipal.is(principal)) {
            throw new IllegalArgumentException(
                    "LOCKSTEP-0226 The principal " + principal + " is Lockstep's own, and nobody's.");
        }
        SessionToken token = tokens.newToken();
        SessionCopy copy = store.open(new NewSession(
                tokens.newSessionId(),
                digester.digest(token),
                principal,
                groups,
                attributes,
                settings.absoluteTimeout(),
                settings.idleTimeout()));
        lookup.keep(copy);
        observer.sessionOpened();
        events.fire(new SessionOpened(copy.session()));
        return new IssuedToken(token, copy.session());
    }

    @Override
    public Optional<Session> find(SessionToken token) {
        return TokenFormat.hasLength(token) ? Optional.ofNullable(lookup.find(token)) : Optional.empty();
    }

    @Override
    public Optional<Session> findConfirmed(SessionToken token) {
        return TokenFormat.hasLength(token) ? Optional.ofNullable(lookup.findConfirmed(token)) : Optional.empty();
    }

    @Override
    public List<Session> list(String principal) {
        return ReservedPrincipal.is(principal) ? List.of() : store.list(principal);
    }

    @Override
    public Optional<IssuedToken> rotate(SessionToken token) {
        if (!verifier.mayBeOurs(token)) {
            return Optional.empty();
        }
        TokenDigest current = digester.digest(token);
        return lookup.find(current) == null ? Optional.empty() : rotateKnown(current);
    }

    /**
     * The transaction locks the clock row, for which logouts wait: unknown tokens, which anybody
     * can send, don't come here.
     */
    private Optional<IssuedToken> rotateKnown(TokenDigest current) {
        SessionToken next = tokens.newToken();
        RevocationCommitter.Rotation rotated = revocations.rotate(current, digester.digest(next));
        if (rotated == null) {
            lookup.gone(current);
            return Optional.empty();
        }
        lookup.keep(rotated.copy());
        observer.sessionRotated();
        if (untilTrue) {
            var unused = rotated.revocation().awaitSettled(patience);
        }
        Session session = rotated.copy().session();
        events.fire(new SessionRotated(session));
        return Optional.of(new IssuedToken(next, session));
    }

    @Override
    public RevocationOutcome revoke(SessionToken token) {
        return TokenFormat.isForm(token) ? revoke(ofToken(token)) : outcome(true);
    }

    @Override
    public RevocationOutcome revokeById(String sessionId) {
        if (SessionToken.mayBeIn(sessionId)) {
            throw noIdentifier();
        }
        return revoke(new RevocationTarget.OfId(sessionId));
    }

    @Override
    public RevocationOutcome revokeAll(String principal) {
        return revoke(new RevocationTarget.OfPrincipal(principal));
    }

    @Override
    public RevocationOutcome revokeOthers(Session kept) {
        return revoke(othersOf(kept));
    }

    @Override
    public RevocationOutcome revokeEverything() {
        return revoke(new RevocationTarget.OfApplication());
    }

    @Override
    public CompletableFuture<RevocationOutcome> revokeAsync(SessionToken token) {
        return TokenFormat.isForm(token) ? begin(ofToken(token)) : CompletableFuture.completedFuture(outcome(true));
    }

    @Override
    public CompletableFuture<RevocationOutcome> revokeByIdAsync(String sessionId) {
        return SessionToken.mayBeIn(sessionId)
                ? CompletableFuture.failedFuture(noIdentifier())
                : begin(new RevocationTarget.OfId(sessionId));
    }

    @Override
    public CompletableFuture<RevocationOutcome> revokeAllAsync(String principal) {
        return begin(new RevocationTarget.OfPrincipal(principal));
    }

    @Override
    public CompletableFuture<RevocationOutcome> revokeOthersAsync(Session kept) {
        return begin(othersOf(kept));
    }

    @Override
    public CompletableFuture<RevocationOutcome> revokeEverythingAsync() {
        return begin(new RevocationTarget.OfApplication());
    }

    @Override
    public SessionCookie cookie() {
        return settings.cookie()
                .orElseThrow(() -> new IllegalStateException(
                        "LOCKSTEP-0411 No cookie is configured, so nothing would read one: set lockstep.web.cookie, to"
                                + " __Host-session for example."));
    }

    @Override
    public SessionManager within(Duration patience) {
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("LOCKSTEP-0218 Patience is positive, not " + patience + ".");
        }
        return new StoreBackedSessionManager(
                settings,
                store,
                revocations,
                lookup,
                digester,
                verifier,
                tokens,
                events,
                observer,
                completions,
                patience);
    }

    private RevocationOutcome revoke(RevocationTarget target) {
        PendingRevocation pending = revocations.revoke(target);
        if (untilTrue) {
            return pending.awaitSettled(patience);
        }
        pending.awaitCommitted(patience);
        return outcome(false);
    }

    /** Of a call that had nobody to wait for, or did not wait. */
    private RevocationOutcome outcome(boolean awaited) {
        return new RevocationOutcome(awaited, 0, Instant.ofEpochMilli(lookup.storeMillis()), Duration.ZERO, List.of());
    }

    private CompletableFuture<RevocationOutcome> begin(RevocationTarget target) {
        return revocations.revoke(target).settledOn(completions);
    }

    /** What may be a token would get into the log; and to do nothing would look like a logout. */
    private static IllegalArgumentException noIdentifier() {
        return new IllegalArgumentException("LOCKSTEP-0228 What was given as a session's identifier looks like a token,"
                + " and is not looked for: revoke(SessionToken) ends the session of a token.");
    }

    private RevocationTarget ofToken(SessionToken token) {
        return new RevocationTarget.OfToken(digester.digest(token));
    }

    private static RevocationTarget othersOf(Session kept) {
        return new RevocationTarget.OthersOf(kept.principal(), kept.id());
    }
}
