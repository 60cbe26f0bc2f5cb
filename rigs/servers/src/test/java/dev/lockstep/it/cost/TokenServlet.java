package dev.lockstep.it.cost;

import dev.lockstep.SessionManager;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/** Opens a session. */
@WebServlet("/token")
public class TokenServlet extends HttpServlet {

    @Inject
    SessionManager sessions;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter()
                .write(sessions.open("alice", Set.of("user", "admin")).token().value());
    }
}
