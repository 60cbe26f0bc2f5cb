package dev.lockstep.canary;

import dev.lockstep.RevocationOutcome;
import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.NewSession;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What canaries need of their node. Thread-safe. */
public interface CanaryStore {

    /** Keeps a new session, without a word to anybody. */
    void open(NewSession session);

    /** Some of the live ones of the canaries' principal, one page of them. */
    List<SessionCopy> list();

    /** Looks a session up as a request does, by caches and facts. */
    @Nullable
    Session find(TokenDigest digest);

    /**
     * Ends a session as a logout does, and waits for all nodes whatever the settings.
     *
     * @return completes, on the canaries' thread, when no node accepts it
     */
    CompletionStage<RevocationOutcome> revoke(String sessionId);

    /** Which running node this is, whatever its name. */
    String node();

    /** The running nodes of the application, as the store lists them, by one read. */
    Set<String> nodes();

    /** The store's clock, or a little later. */
    long storeMillis();
}
