package dev.lockstep.it.cost;

import dev.lockstep.SessionManager;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/** A trivial answer, behind the filter and before it; and a token. */
@WebServlet({"/api/hello", "/free/hello", "/token"})
public class HelloCostServlet extends HttpServlet {

    @Inject
    SessionManager sessions;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter()
                .write(
                        request.getServletPath().equals("/token")
                                ? sessions.open("alice", Set.of("user", "admin"))
                                        .token()
                                        .value()
                                : "hello");
    }
}
