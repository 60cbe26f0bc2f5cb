package dev.lockstep.web;

import dev.lockstep.TokenRefused;
import dev.lockstep.config.Security;
import dev.lockstep.config.WebConfig;
import dev.lockstep.web.path.RequestPath;
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
 * Lets a request pass that presents the token of a live session, and gives it the identity of that
 * session; refuses any other as RFC 6750 says. Thread-safe.
 *
 * <p>Methods and headers make no difference: what is behind the filter may read {@code OPTIONS}
 * with an {@code Upgrade} as the beginning of a WebSocket, and any method as another one by
 * {@code X-HTTP-Method-Override}. A CORS preflight, which never carries a token, is answered here
 * where CORS is configured, and is a request like any other where not.
 *
 * <p>Only REQUEST dispatches are checked, as with the constraints of Servlet (Servlet 6.0, section
 * 13.2): the others begin in the application, which has decided where to. They keep the identity
 * that was established, and get none otherwise.
 *
 * <p>With {@code lockstep.security=container} the container asks {@link BearerMechanism} about each
 * request before; then this acts on what came of it.
 *
 * <p>It fails closed: an exception other than {@link dev.lockstep.StoreUnavailableException} is
 * passed to the server, which answers 500; the application does not see the request.
 */
final class BearerTokenFilter implements Filter {

    private final WebServices services;
    private final AccessPolicy policy;
    private final boolean byContainer;
    private final String realm;
    private final @Nullable Cors cors;

    BearerTokenFilter(WebServices services, WebConfig config) {
        this.services = services;
        this.policy = new AccessPolicy(services, config);
        this.byContainer = config.security() == Security.CONTAINER;
        this.realm = config.realm();
        this.cors = Cors.of(config.cors());
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        RequestTraces traces = policy.traces();
        if (traces == null || !traces.enter(http)) {
            filter(http, answer, chain);
            return;
        }
        try {
            filter(http, answer, chain);
        } finally {
            traces.leave();
        }
    }

    private void filter(HttpServletRequest http, HttpServletResponse answer, FilterChain chain)
            throws IOException, ServletException {
        if (http.getDispatcherType() != DispatcherType.REQUEST) {
            pass(http, cors == null ? answer : cors.reopen(http, answer), Identity.of(http), chain);
            return;
        }
        RequestPath path = new RequestPath(http.getRequestURI(), http.getServletPath(), http.getPathInfo());
        boolean isProtected = policy.protects(path);
        Cors open = isProtected ? cors : null;
        if (open != null && open.isPreflight(http)) {
            open.answerPreflight(http, answer);
            return;
        }
        Authentication found = identify(path, isProtected, http);
        HttpServletResponse marked = open == null ? answer : open.open(http, answer);
        if (found instanceof Refusal refusal) {
            refuse(refusal, path, marked);
        } else {
            pass(http, marked, (Identity) found, chain);
        }
    }

    private @Nullable Authentication identify(RequestPath path, boolean isProtected, HttpServletRequest request) {
        Authentication found = byContainer
                ? ContainerCaller.of(request)
                : isProtected ? policy.judge(path, request) : Identity.of(request);
        if (found instanceof Identity identity) {
            identity.attachTo(request);
        }
        return found;
    }

    private void pass(
            HttpServletRequest request, HttpServletResponse response, @Nullable Identity identity, FilterChain chain)
            throws IOException, ServletException {
        if (identity == null) {
            chain.doFilter(request, response);
            return;
        }
        Identity outer = Identity.enter(identity);
        try {
            chain.doFilter(
                    BearerRequest.isIn(request)
                            ? request
                            : new BearerRequest(request, response, identity, services, byContainer),
                    response);
        } finally {
            Identity.leave(outer);
        }
    }

    /** The answer may be on its way as soon as it is written, so observers are told first. */
    private void refuse(Refusal refusal, RequestPath path, HttpServletResponse response) throws IOException {
        services.refused(new TokenRefused(refusal.reason(), path.text()));
        refusal.send(realm, response);
    }
}
