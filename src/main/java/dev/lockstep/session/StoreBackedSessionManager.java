package dev.lockstep.session;

import dev.lockstep.IssuedToken;
import dev.lockstep.LockstepException;
import dev.lockstep.NewSession;
import dev.lockstep.RevocationTarget;
import dev.lockstep.RevocationUnconfirmedException;
import dev.lockstep.Rotated;
import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionOpened;
import dev.lockstep.SessionRotated;
import dev.lockstep.SessionStore;
import dev.lockstep.SessionToken;
import dev.lockstep.revocation.RevocationNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Sessions kept in a store, found through cached copies where this node's facts vouch for them. The reading is in
 * {@link Validation}, the revoking in {@link RevocationNode}. Thread-safe.
 */
public final class StoreBackedSessionManager implements SessionManager {

    private static final int LONGEST_PRINCIPAL = 255;

    private final SessionSettings settings;
    private final SessionStore store;
    private final RevocationNode node;
    private final Validation validation;
    private final TokenDigester digester;
    private final SessionEvents events;
    private final Tokens tokens = new Tokens();

    /** @param validation finds sessions, with the same store and node */
    StoreBackedSessionManager(
            SessionSettings settings,
            SessionStore store,
            RevocationNode node,
            Validation validation,
            SessionEvents events) {
        this.settings = settings;
        this.store = store;
        this.node = node;
        this.validation = validation;
        this.digester = new TokenDigester(settings.application());
        this.events = events;
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
        validation.keep(copy);
        events.fire(new SessionOpened(copy.session()));
        return new IssuedToken(token, copy.session());
    }

    @Override
    public Optional<Session> find(SessionToken token) {
        return Tokens.isWellFormed(token)
                ? Optional.ofNullable(validation.find(digester.digest(token)))
                : Optional.empty();
    }

    @Override
    public Optional<Session> findConfirmed(SessionToken token) {
        return Tokens.isWellFormed(token)
                ? Optional.ofNullable(validation.findConfirmed(digester.digest(token)))
                : Optional.empty();
    }

    @Override
    public List<Session> list(String principal) {
        return store.list(principal);
    }

    @Override
    public Optional<IssuedToken> rotate(SessionToken token) {
        if (!Tokens.isWellFormed(token)) {
            return Optional.empty();
        }
        SessionToken next = tokens.newToken();
        Rotated rotated = store.rotate(digester.digest(token), digester.digest(next));
        if (rotated == null) {
            return Optional.empty();
        }
        CompletableFuture<Void> settled = node.settle(rotated.revoked());
        validation.keep(rotated.copy());
        if (settings.awaitLogout()) {
            await(settled);
        }
        Session session = rotated.copy().session();
        events.fire(new SessionRotated(session));
        return Optional.of(new IssuedToken(next, session));
    }

    @Override
    public void revoke(SessionToken token) {
        if (Tokens.isWellFormed(token)) {
            end(ofToken(token));
        }
    }

    @Override
    public void revokeById(String sessionId) {
        end(new RevocationTarget.OfId(sessionId));
    }

    @Override
    public void revokeAll(String principal) {
        end(new RevocationTarget.OfPrincipal(principal));
    }

    @Override
    public void revokeOthers(Session kept) {
        end(othersOf(kept));
    }

    @Override
    public CompletableFuture<Void> revokeAsync(SessionToken token) {
        return Tokens.isWellFormed(token) ? node.revoke(ofToken(token)) : CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> revokeByIdAsync(String sessionId) {
        return node.revoke(new RevocationTarget.OfId(sessionId));
    }

    @Override
    public CompletableFuture<Void> revokeAllAsync(String principal) {
        return node.revoke(new RevocationTarget.OfPrincipal(principal));
    }

    @Override
    public CompletableFuture<Void> revokeOthersAsync(Session kept) {
        return node.revoke(othersOf(kept));
    }

    private RevocationTarget ofToken(SessionToken token) {
        return new RevocationTarget.OfToken(digester.digest(token));
    }

    private static RevocationTarget othersOf(Session kept) {
        return new RevocationTarget.OthersOf(kept.principal(), kept.id());
    }

    private void end(RevocationTarget target) {
        await(settings.awaitLogout() ? node.revoke(target) : node.revokeWithoutWaiting(target));
    }

    /** The node completes it within the store's deadline and a lease, so no deadline is needed here. */
    private static void await(CompletableFuture<Void> revocation) {
        try {
            revocation.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unconfirmed("this thread was interrupted while it waited", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LockstepException cause) {
                throw unconfirmed(String.valueOf(cause.getMessage()), cause);
            }
            throw unconfirmed(String.valueOf(e.getCause()), e);
        }
    }

    private static RevocationUnconfirmedException unconfirmed(String reason, Throwable cause) {
        return new RevocationUnconfirmedException(
                "LOCKSTEP-0211 It is not known whether the revocation holds on every node: " + reason
                        + " Revoke again to settle it.",
                cause);
    }
}
