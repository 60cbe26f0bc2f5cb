package dev.lockstep.session;

import dev.lockstep.IssuedToken;
import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionOpened;
import dev.lockstep.SessionRotated;
import dev.lockstep.SessionToken;
import dev.lockstep.TokenDigest;
import dev.lockstep.revocation.RevocationNode;
import dev.lockstep.spi.NewSession;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.SessionStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Sessions kept in a store, found through cached copies where this node's facts vouch for them. The
 * reading is in {@link SessionLookup}, the revoking in {@link RevocationAwaiter}. Thread-safe.
 */
public final class StoreBackedSessionManager implements SessionManager {

    /** The width of the column, so that a longer one fails before it reaches the store. */
    private static final int LONGEST_PRINCIPAL = 255;

    private final SessionSettings settings;
    private final SessionStore store;
    private final RevocationNode node;
    private final SessionLookup lookup;
    private final TokenDigester digester;
    private final SessionEvents events;
    private final RevocationAwaiter revocations;
    private final TokenGenerator tokens = new TokenGenerator();

    /**
     * @param lookup finds sessions, with the same store and node
     * @param revocations ends them, by the same node
     */
    StoreBackedSessionManager(
            SessionSettings settings,
            SessionStore store,
            RevocationNode node,
            SessionLookup lookup,
            TokenDigester digester,
            SessionEvents events,
            RevocationAwaiter revocations) {
        this.settings = settings;
        this.store = store;
        this.node = node;
        this.lookup = lookup;
        this.digester = digester;
        this.events = events;
        this.revocations = revocations;
    }

    @Override
    public IssuedToken open(String principal, Set<String> groups, Map<String, String> attributes) {
        if (principal.isEmpty() || principal.length() > LONGEST_PRINCIPAL) {
            throw new IllegalArgumentException("LOCKSTEP-0210 A principal has 1 to " + LONGEST_PRINCIPAL
                    + " characters; this one has " + principal.length() + ".");
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
        events.fire(new SessionOpened(copy.session()));
        return new IssuedToken(token, copy.session());
    }

    @Override
    public Optional<Session> find(SessionToken token) {
        return TokenDigester.isWellFormed(token)
                ? Optional.ofNullable(lookup.find(digester.digest(token)))
                : Optional.empty();
    }

    @Override
    public Optional<Session> findConfirmed(SessionToken token) {
        return TokenDigester.isWellFormed(token)
                ? Optional.ofNullable(lookup.findConfirmed(digester.digest(token)))
                : Optional.empty();
    }

    @Override
    public List<Session> list(String principal) {
        return store.list(principal);
    }

    @Override
    public Optional<IssuedToken> rotate(SessionToken token) {
        if (!TokenDigester.isWellFormed(token)) {
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
        RevocationNode.Rotation rotated = node.rotate(current, digester.digest(next));
        if (rotated == null) {
            lookup.gone(current);
            return Optional.empty();
        }
        lookup.keep(rotated.copy());
        if (settings.awaitLogout()) {
            revocations.await(rotated.settled());
        }
        Session session = rotated.copy().session();
        events.fire(new SessionRotated(session));
        return Optional.of(new IssuedToken(next, session));
    }

    @Override
    public void revoke(SessionToken token) {
        if (TokenDigester.isWellFormed(token)) {
            revocations.revoke(ofToken(token));
        }
    }

    @Override
    public void revokeById(String sessionId) {
        revocations.revoke(new RevocationTarget.OfId(sessionId));
    }

    @Override
    public void revokeAll(String principal) {
        revocations.revoke(new RevocationTarget.OfPrincipal(principal));
    }

    @Override
    public void revokeOthers(Session kept) {
        revocations.revoke(othersOf(kept));
    }

    @Override
    public void revokeEverything() {
        revocations.revoke(new RevocationTarget.OfApplication());
    }

    @Override
    public CompletableFuture<Void> revokeAsync(SessionToken token) {
        return TokenDigester.isWellFormed(token)
                ? revocations.begin(ofToken(token))
                : CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> revokeByIdAsync(String sessionId) {
        return revocations.begin(new RevocationTarget.OfId(sessionId));
    }

    @Override
    public CompletableFuture<Void> revokeAllAsync(String principal) {
        return revocations.begin(new RevocationTarget.OfPrincipal(principal));
    }

    @Override
    public CompletableFuture<Void> revokeOthersAsync(Session kept) {
        return revocations.begin(othersOf(kept));
    }

    @Override
    public CompletableFuture<Void> revokeEverythingAsync() {
        return revocations.begin(new RevocationTarget.OfApplication());
    }

    @Override
    public SessionManager within(Duration patience) {
        return new StoreBackedSessionManager(
                settings, store, node, lookup, digester, events, revocations.within(patience));
    }

    private RevocationTarget ofToken(SessionToken token) {
        return new RevocationTarget.OfToken(digester.digest(token));
    }

    private static RevocationTarget othersOf(Session kept) {
        return new RevocationTarget.OthersOf(kept.principal(), kept.id());
    }
}
