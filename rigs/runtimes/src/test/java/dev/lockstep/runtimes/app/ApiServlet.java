package dev.lockstep.runtimes.app;

import dev.lockstep.CurrentSession;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Everything that is protected; the last part of the path says what is to be done. */
@WebServlet(urlPatterns = "/api/*", asyncSupported = true)
public class ApiServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient SessionManager sessions;

    @Inject
    private transient CurrentSession current;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        switch (request.getPathInfo()) {
            // by this thread: from another, Payara and GlassFish may dispatch twice, or never
            case "/async" -> request.startAsync().dispatch("/api/me");
            case "/forward" -> request.getRequestDispatcher("/api/me").forward(request, response);
            case "/logout" -> request.logout();
            default -> response.getWriter().print(answer(request));
        }
    }

    private String answer(HttpServletRequest request) {
        return switch (request.getPathInfo()) {
            case "/me" ->
                request.getRemoteUser() + " " + request.isUserInRole("users") + " "
                        + current.require().principal();
            case "/rotate" ->
                sessions.rotate(token(request)).orElseThrow().token().value();
            case "/list" -> "" + sessions.list(request.getRemoteUser()).size();
            case "/revoke" -> revoked(token(request));
            default -> "SECRET " + request.getRemoteUser();
        };
    }

    private String revoked(SessionToken token) {
        sessions.revoke(token);
        return "revoked";
    }

    private static SessionToken token(HttpServletRequest request) {
        return SessionToken.of(request.getHeader("Authorization").substring("Bearer ".length()));
    }
}
