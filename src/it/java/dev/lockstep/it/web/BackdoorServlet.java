package dev.lockstep.it.web;

import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/** Lets a test open and revoke sessions from outside, without the filter. */
@WebServlet("/backdoor")
public class BackdoorServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient SessionManager sessions;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String principal = request.getParameter("open");
        String token = request.getParameter("revoke");
        String store = request.getParameter("store");
        if (principal != null) {
            Set<String> groups = Set.of(request.getParameter("groups").split(","));
            response.getWriter().print(sessions.open(principal, groups).token().value());
        } else if (token != null) {
            sessions.revoke(SessionToken.of(token));
        } else {
            dev.lockstep.web.TemporaryServices.fail("out".equals(store));
        }
    }
}
