package dev.lockstep.it.web;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Lets a test open and revoke sessions, drop their copies, and make the database stall, from
 * outside and without the filter.
 */
@WebServlet("/backdoor")
public class BackdoorServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient SessionManager sessions;

    @Inject
    private transient SessionCache copies;

    @Resource
    private transient DataSource dataSource;

    private transient Connection exclusive;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String value = request.getParameter("of");
        switch (request.getParameter("do")) {
            case "open" -> response.getWriter().print(open(value, request.getParameter("groups")));
            case "revoke" -> sessions.revoke(SessionToken.of(value));
            case "forget" -> copies.clear();
            case "stall" -> stall();
            case "resume" -> resume();
            default -> throw new ServletException("do what?");
        }
    }

    private String open(String principal, String groups) {
        return sessions.open(principal, Set.of(groups.split("\n"))).token().value();
    }

    /** H2's exclusive mode: all other connections wait. */
    private synchronized void stall() throws ServletException {
        try {
            exclusive = dataSource.getConnection();
            exclusive.createStatement().execute("SET EXCLUSIVE 1");
        } catch (SQLException e) {
            throw new ServletException(e);
        }
    }

    private synchronized void resume() throws ServletException {
        try (Connection connection = exclusive) {
            connection.createStatement().execute("SET EXCLUSIVE 0");
        } catch (SQLException e) {
            throw new ServletException(e);
        }
    }
}
