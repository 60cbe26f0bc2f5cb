package dev.lockstep.web;

import dev.lockstep.IssuedToken;
import dev.lockstep.RevocationOutcome;
import dev.lockstep.Session;
import dev.lockstep.SessionCookie;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.TokenRefused;
import dev.lockstep.config.WebConfig;
import jakarta.servlet.http.HttpServlet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Takes the place of the application's beans: one map of sessions. */
final class StandIn implements WebServices, SessionManager {

    final List<TokenRefused> refusals = new CopyOnWriteArrayList<>();
    /** What happened in which order: {@code told} of a refusal, {@code answered} a request. */
    final List<String> order = new CopyOnWriteArrayList<>();

    final FollowedThreads threads = new FollowedThreads();

    final List<SessionToken> confirmed = new CopyOnWriteArrayList<>();
    final List<SessionToken> revoked = new CopyOnWriteArrayList<>();

    /** The servlet, where the test has one. */
    @Nullable
    HttpServlet endpoints;

    private final WebConfig config;
    private final Map<SessionToken, Session> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger opened = new AtomicInteger();
    private volatile @Nullable RuntimeException failure;

    StandIn(WebConfig config) {
        this.config = config;
    }

    void failWith(@Nullable RuntimeException e) {
        failure = e;
    }

    @Override
    public void start(String contextPath) {}

    @Override
    public WebConfig config() {
        return config;
    }

    @Override
    public SessionManager sessions() {
        return this;
    }

    @Override
    public boolean isForged(SessionToken token) {
        return token.value().startsWith("forged");
    }

    @Override
    public HttpServlet endpoints() {
        return Objects.requireNonNull(endpoints);
    }

    @Override
    public RequestTraces traces() {
        return threads;
    }

    @Override
    public void refused(TokenRefused refusal) {
        refusals.add(refusal);
        order.add("told");
    }

    @Override
    public IssuedToken open(String principal, Set<String> groups, Map<String, String> attributes) {
        int number = opened.incrementAndGet();
        SessionToken token = SessionToken.of("Token-" + number);
        Instant now = Instant.now();
        Duration life = Duration.ofHours(1);
        Session session = new Session("s" + number, principal, groups, attributes, now, now, now.plus(life), life);
        sessions.put(token, session);
        return new IssuedToken(token, session);
    }

    @Override
    public Optional<Session> find(SessionToken token) {
        threads.lookedUp();
        RuntimeException e = failure;
        if (e != null) {
            throw e;
        }
        return Optional.ofNullable(sessions.get(token));
    }

    @Override
    public Optional<Session> findConfirmed(SessionToken token) {
        confirmed.add(token);
        return find(token);
    }

    @Override
    public RevocationOutcome revoke(SessionToken token) {
        if (failure instanceof StoreUnavailableException e) {
            throw e;
        }
        sessions.remove(token);
        revoked.add(token);
        return new RevocationOutcome(true, 0, Instant.now(), Duration.ZERO, List.of());
    }

    @Override
    public List<Session> list(String principal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<IssuedToken> rotate(SessionToken token) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RevocationOutcome revokeById(String sessionId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RevocationOutcome revokeAll(String principal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RevocationOutcome revokeOthers(Session kept) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<RevocationOutcome> revokeAsync(SessionToken token) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<RevocationOutcome> revokeByIdAsync(String sessionId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<RevocationOutcome> revokeAllAsync(String principal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<RevocationOutcome> revokeOthersAsync(Session kept) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RevocationOutcome revokeEverything() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<RevocationOutcome> revokeEverythingAsync() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SessionCookie cookie() {
        return config.cookie().orElseThrow();
    }

    @Override
    public SessionManager within(Duration patience) {
        throw new UnsupportedOperationException();
    }
}
