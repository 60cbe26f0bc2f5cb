package dev.lockstep.web;

import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.config.GroupRule;
import dev.lockstep.config.WebConfig;
import dev.lockstep.web.path.PathPattern;
import dev.lockstep.web.path.RequestPath;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says whose a request is, or why it is refused, by its path and its credentials. Thread-safe.
 *
 * <p>In doubt a path is closed: a pattern that permits must match literally, and a path that has
 * only one reading; one that protects, requires or confirms need only match something that the path
 * may be taken for.
 */
final class AccessPolicy {

    private final List<PathPattern> protect;
    private final List<PathPattern> permit;
    private final List<GroupRule> require;
    private final List<PathPattern> confirm;
    private final @Nullable String endpoints;

    private final @Nullable CookieCredentials cookie;
    private final WebServices services;
    private volatile @Nullable SessionManager sessions;
    private volatile @Nullable RequestTraces traces;
    private volatile boolean tracesAsked;

    AccessPolicy(WebServices services, WebConfig config) {
        this.services = services;
        protect = config.protect();
        permit = config.permit();
        require = config.require();
        confirm = config.confirm();
        cookie = config.cookie().map(CookieCredentials::new).orElse(null);
        endpoints = config.endpoints().path().map(PathPattern::stem).orElse(null);
    }

    /**
     * Judges a request for a protected path. One for a permitted path is never refused: credentials
     * that are of no use there count as none.
     *
     * @return null if it passes without an identity
     */
    @Nullable
    Authentication judge(RequestPath path, HttpServletRequest request) {
        if (permits(path)) {
            return identify(request, confirms(path)) instanceof Identity identity ? identity : null;
        }
        return judgeClosed(path, request);
    }

    /** As {@link #judge}, of a path that is protected, and permitted by nothing. */
    Authentication judgeClosed(RequestPath path, HttpServletRequest request) {
        Authentication found = identify(request, confirms(path));
        return found instanceof Identity identity
                        && !allow(path, identity.session().groups())
                ? Refusal.INSUFFICIENT_SCOPE
                : found;
    }

    /**
     * Whether a path needs no identity here: the most specific pattern that matches it is one of
     * {@code permit}, or it is one of the endpoints, which ask for it themselves.
     */
    boolean permits(RequestPath path) {
        if (isEndpoint(path)) {
            return true;
        }
        if (permit.isEmpty() || !path.isPlain()) {
            return false;
        }
        int opened = -1;
        for (PathPattern pattern : permit) {
            if (pattern.matches(path.text())) {
                opened = Math.max(opened, specificity(pattern));
            }
        }
        return opened > closed(path);
    }

    /** Whether a path is the filter's business at all. */
    boolean protects(RequestPath path) {
        return touchesAny(protect, path) || isEndpoint(path);
    }

    /** Whether the store is to be asked. */
    boolean confirms(RequestPath path) {
        return touchesAny(confirm, path);
    }

    /** Whether these groups meet every rule that applies. */
    boolean allow(RequestPath path, Set<String> groups) {
        for (GroupRule rule : require) {
            if (path.mayTouch(rule.pattern()) && Collections.disjoint(rule.groups(), groups)) {
                return false;
            }
        }
        return true;
    }

    /** Looks at the credentials alone. */
    Authentication identify(HttpServletRequest request, boolean confirmed) {
        Credentials credentials = cookie == null ? Credentials.of(request) : cookie.of(request);
        if (credentials instanceof Credentials.Bearer bearer) {
            return find(bearer.token(), confirmed);
        }
        return switch ((Credentials.Unusable) credentials) {
            case NONE -> Refusal.MISSING;
            case INVALID_REQUEST -> Refusal.INVALID_REQUEST;
            case CROSS_SITE -> Refusal.CROSS_SITE;
        };
    }

    private Authentication find(SessionToken token, boolean confirmed) {
        try {
            SessionManager manager = sessions();
            return (confirmed ? manager.findConfirmed(token) : manager.find(token))
                    .<Authentication>map(session -> new Identity(session, token))
                    .orElseGet(() -> services.isForged(token) ? Refusal.FORGED_TOKEN : Refusal.INVALID_TOKEN);
        } catch (StoreUnavailableException e) {
            return Refusal.UNAVAILABLE;
        }
    }

    /** The application's, looked up once, as {@link #sessions}. */
    @Nullable
    RequestTraces traces() {
        if (!tracesAsked) {
            traces = services.traces();
            tracesAsked = true;
        }
        return traces;
    }

    /**
     * The application's manager, looked up once. Two threads may do so at the same time: they find
     * the same.
     */
    private SessionManager sessions() {
        SessionManager found = sessions;
        if (found == null) {
            found = services.sessions();
            sessions = found;
        }
        return found;
    }

    /**
     * To the letter, as what permits. A servlet of the application whose mapping is more specific
     * is none.
     */
    private boolean isEndpoint(RequestPath path) {
        return endpoints != null && path.isBelow(endpoints) && path.isPlain();
    }

    private int closed(RequestPath path) {
        int closed = -1;
        for (GroupRule rule : require) {
            if (path.mayTouch(rule.pattern())) {
                closed = Math.max(closed, specificity(rule.pattern()));
            }
        }
        return closed;
    }

    private static boolean touchesAny(List<PathPattern> patterns, RequestPath path) {
        for (PathPattern pattern : patterns) {
            if (path.mayTouch(pattern)) {
                return true;
            }
        }
        return false;
    }

    private static int specificity(PathPattern pattern) {
        return pattern.isPrefix() ? pattern.text().length() : Integer.MAX_VALUE;
    }
}
