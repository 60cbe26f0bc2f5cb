package dev.lockstep.it.health;

import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.it.BreakableCache;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/** Breaks the cache and mends it, often enough for its breaker to notice; tells what was heard. */
@WebServlet("/cache/*")
public class BreakingServlet extends HttpServlet {

    private static final long serialVersionUID = 1;
    private static final int OFTEN = 20;

    @Inject
    private transient SessionManager sessions;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        BreakableCache.setBroken("/broken".equals(request.getPathInfo()));
        for (int i = 0; i < OFTEN; i++) {
            SessionToken unknown = sessions.open("alice", Set.of()).token();
            sessions.revoke(unknown);
            sessions.find(unknown);
        }
        response.getWriter().print(HeardLookUps.COUNT.get());
    }
}
