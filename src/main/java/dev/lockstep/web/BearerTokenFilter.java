package dev.lockstep.web;

import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.TokenRefused;
import dev.lockstep.config.WebConfig;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request pass that presents the token of a live session, and gives it the identity of that session; refuses
 * any other as RFC 6750 says. Immutable.
 *
 * <p>Methods and headers make no difference: what is behind the filter may read {@code OPTIONS} with an {@code Upgrade}
 * as the beginning of a WebSocket, and any method as another one by {@code X-HTTP-Method-Override}. A CORS preflight,
 * which never carries a token, is answered here where CORS is configured, and is a request like any other where not.
 *
 * <p>Only REQUEST dispatches are checked, as with the constraints of Servlet (Servlet 6.0, section 13.2): the others
 * begin in the application, which has decided where to. They keep the identity that was established, and get none
 * otherwise.
 *
 * <p>It fails closed: an exception other than {@link StoreUnavailableException} is passed to the server, which answers
 * 500; the application does not see the request.
 */
final class BearerTokenFilter implements Filter {

    private final WebServices services;
    private final AccessRules rules;
    private final Refusals refusals;
    private final Cors cors;

    BearerTokenFilter(WebServices services, WebConfig config) {
        this.services = services;
        this.rules = new AccessRules(config);
        this.refusals = new Refusals(config.realm());
        this.cors = new Cors(config.cors());
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        if (request.getDispatcherType() != DispatcherType.REQUEST) {
            pass(http, cors.reopen(http, answer), Identity.of(request), chain);
            return;
        }
        RequestPath path = new RequestPath(http);
        if (!rules.protects(path)) {
            chain.doFilter(request, response);
        } else if (cors.isPreflight(http)) {
            cors.answerPreflight(http, answer);
        } else {
            check(path, http, cors.open(http, answer), chain);
        }
    }

    /** A permitted path is never refused: credentials that are of no use there count as none. */
    private void check(RequestPath path, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean permitted = rules.permits(path);
        Verdict verdict = judge(Credentials.of(request), rules.confirms(path));
        if (verdict instanceof Identity identity) {
            if (permitted || rules.allow(path, identity.session().groups())) {
                identity.attachTo(request);
                pass(request, response, identity, chain);
            } else {
                refuse(Refusal.INSUFFICIENT_SCOPE, path, response);
            }
        } else if (permitted) {
            chain.doFilter(request, response);
        } else {
            refuse((Refusal) verdict, path, response);
        }
    }

    private Verdict judge(Credentials credentials, boolean confirmed) {
        if (credentials instanceof Credentials.Bearer bearer) {
            return find(bearer.token(), confirmed);
        }
        return switch ((Credentials.Unusable) credentials) {
            case NONE -> Refusal.MISSING;
            case INVALID_REQUEST -> Refusal.INVALID_REQUEST;
        };
    }

    private Verdict find(SessionToken token, boolean confirmed) {
        try {
            SessionManager sessions = services.sessions();
            return (confirmed ? sessions.findConfirmed(token) : sessions.find(token))
                    .<Verdict>map(session -> new Identity(session, token))
                    .orElse(Refusal.INVALID_TOKEN);
        } catch (StoreUnavailableException e) {
            return Refusal.UNAVAILABLE;
        }
    }

    private void pass(
            HttpServletRequest request, HttpServletResponse response, @Nullable Identity identity, FilterChain chain)
            throws IOException, ServletException {
        if (identity == null) {
            chain.doFilter(request, response);
            return;
        }
        Identity outer = DispatchedSession.enter(identity);
        try {
            chain.doFilter(
                    BearerRequest.isIn(request) ? request : new BearerRequest(request, response, identity, services),
                    response);
        } finally {
            DispatchedSession.leave(outer);
        }
    }

    /** The answer may be on its way as soon as it is written, so observers are told first. */
    private void refuse(Refusal refusal, RequestPath path, HttpServletResponse response) throws IOException {
        services.refused(new TokenRefused(refusal.reason(), path.text()));
        refusals.send(refusal, response);
    }
}
