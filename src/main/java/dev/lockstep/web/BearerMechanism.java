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
 * Tells the container who calls, by the token of a live session, and answers other requests as the
 * filter does (Jakarta Security 3.0, section 2). Thread-safe.
 *
 * <p>A token is looked at on every path: one that Lockstep does not protect may be constrained by
 * the container, and what runs there may have {@code @RolesAllowed}.
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
        try {
            if (!policy.protects(path)) {
                return answer(identify(request, context), path, request, response, context);
            }
            if (cors != null && cors.isPreflight(request)) {
                cors.answerPreflight(request, response);
                return AuthenticationStatus.SEND_CONTINUE;
            }
            HttpServletResponse marked = cors == null ? response : cors.open(request, response);
            return answer(policy.judge(path, request), path, request, marked, context);
        } catch (IOException e) {
            throw new AuthenticationException(e);
        }
    }

    /**
     * On a path that is not Lockstep's, the container says whether a caller is needed, perhaps only
     * later, by an annotation: while nobody knows whose a token is, the request must wait.
     */
    private @Nullable Authentication identify(HttpServletRequest request, HttpMessageContext context) {
        Authentication found = policy.identify(request, false);
        return found instanceof Identity || found == Refusal.UNAVAILABLE || isNeeded(context) ? found : null;
    }

    private AuthenticationStatus answer(
            @Nullable Authentication found,
            RequestPath path,
            HttpServletRequest request,
            HttpServletResponse response,
            HttpMessageContext context)
            throws IOException {
        ContainerCaller.judged(request);
        if (found instanceof Identity identity) {
            identity.attachTo(request);
            return login(identity.session(), context);
        }
        if (found == null && !isNeeded(context)) {
            return context.doNothing();
        }
        Refusal refusal = found == null ? Refusal.MISSING : (Refusal) found;
        services.refused(new TokenRefused(refusal.reason(), path.text()));
        refusal.send(realm, response);
        return AuthenticationStatus.SEND_FAILURE;
    }

    private static AuthenticationStatus login(Session session, HttpMessageContext context) {
        try {
            return context.notifyContainerAboutLogin(session.principal(), session.groups());
        } catch (IllegalStateException e) {
            throw ContainerCaller.refused(e);
        }
    }

    private static boolean isNeeded(HttpMessageContext context) {
        return context.isProtected() || context.isAuthenticationRequest();
    }
}
