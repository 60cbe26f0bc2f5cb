package dev.lockstep.web;

import dev.lockstep.Session;
import dev.lockstep.TokenRefused;
import dev.lockstep.config.WebConfig;
import dev.lockstep.web.path.RequestPath;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Tells the container who calls, by the token of a live session (Jakarta Security 3.0, section 2).
 * Thread-safe.
 *
 * <p>A token is looked at on every path: one that Lockstep does not protect may be constrained by
 * the container, and what runs there may have {@code @RolesAllowed}.
 *
 * <p>Refusals are the filter's to send, as some containers put an error page of the application in
 * the place of what a mechanism wrote. Only where the container itself would refuse the request
 * before any filter, by a constraint, they are sent here.
 */
public final class BearerMechanism implements HttpAuthenticationMechanism {

    private final WebServices services;
    private final AccessPolicy policy;
    private final String realm;
    private final @Nullable Cors cors;

    public BearerMechanism(WebServices services, WebConfig config) {
        this.services = services;
        this.policy = new AccessPolicy(services, config);
        this.realm = config.realm();
        this.cors = Cors.of(config.cors());
    }

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws AuthenticationException {
        RequestPath path = new RequestPath(request.getRequestURI(), request.getServletPath(), request.getPathInfo());
        boolean isProtected = policy.protects(path);
        Authentication found = found(path, isProtected, request);
        ContainerCaller.note(isProtected ? found : outside(found), request);
        if (found instanceof Identity identity) {
            return login(identity.session(), context);
        }
        if (!context.isProtected() && !context.isAuthenticationRequest()) {
            return context.doNothing();
        }
        try {
            Refusal refusal = found == null ? Refusal.MISSING : (Refusal) found;
            return answer(refusal, path, isProtected ? cors : null, request, response);
        } catch (IOException e) {
            throw new AuthenticationException(e);
        }
    }

    private @Nullable Authentication found(RequestPath path, boolean isProtected, HttpServletRequest request) {
        RequestTraces traces = policy.traces();
        boolean entered = traces != null && traces.enter(request);
        try {
            return isProtected ? policy.judge(path, request) : policy.identify(request, false);
        } finally {
            if (traces != null && entered) {
                traces.leave();
            }
        }
    }

    /**
     * On a path that is not Lockstep's nobody needs a token. But as the container may need the
     * caller later, by an annotation, the request must wait while nobody knows whose its token is.
     */
    private static @Nullable Authentication outside(@Nullable Authentication found) {
        return found instanceof Identity || found == Refusal.UNAVAILABLE ? found : null;
    }

    /** Closes the answer, so that no container adds to it. */
    private AuthenticationStatus answer(
            Refusal refusal,
            RequestPath path,
            @Nullable Cors cors,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (cors != null && cors.isPreflight(request)) {
            cors.answerPreflight(request, response);
            return AuthenticationStatus.SEND_CONTINUE;
        }
        services.refused(new TokenRefused(refusal.reason(), path.text()));
        refusal.send(realm, cors == null ? response : cors.open(request, response));
        response.getOutputStream().close();
        return AuthenticationStatus.SEND_FAILURE;
    }

    private static AuthenticationStatus login(Session session, HttpMessageContext context) {
        try {
            return context.notifyContainerAboutLogin(session.principal(), session.groups());
        } catch (IllegalStateException e) {
            throw ContainerCaller.refused(e);
        }
    }
}
