package dev.lockstep.demo;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionManager;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * The same login for a browser: the token goes into a cookie, and the browser to one of Lockstep's
 * own pages. Only the demo's own page may log somebody in.
 */
@WebServlet("/browser")
public class BrowserLogin extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient Users users;

    @Inject
    private transient SessionManager sessions;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        LoginRequest credentials = new LoginRequest(request.getParameter("username"), request.getParameter("password"));
        Optional<Users.User> user = users.authenticate(credentials);
        if (user.isEmpty() || !"same-origin".equals(request.getHeader("Sec-Fetch-Site"))) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        IssuedToken issued = sessions.open(user.get().name(), user.get().groups());
        response.addHeader("Set-Cookie", sessions.cookie().set(issued.token()));
        response.setHeader("Cache-Control", "no-store");
        boolean admin = user.get().groups().contains("admin");
        response.sendRedirect("lockstep/pages/" + (admin ? "console" : "sessions"));
    }
}
