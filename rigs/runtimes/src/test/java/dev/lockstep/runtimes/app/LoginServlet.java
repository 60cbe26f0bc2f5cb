package dev.lockstep.runtimes.app;

import dev.lockstep.SessionManager;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Opens a session of the parameter {@code user}, who belongs to the group {@code users}. */
@WebServlet("/login")
public class LoginServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient SessionManager sessions;

    @Inject
    private transient UserGroups groups;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter()
                .print(sessions.open(request.getParameter("user"), groups.ofEverybody())
                        .token()
                        .value());
    }

    /** Tells that the application is deployed. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print("up");
    }
}
