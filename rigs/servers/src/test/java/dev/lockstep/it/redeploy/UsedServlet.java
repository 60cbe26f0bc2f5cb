package dev.lockstep.it.redeploy;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionManager;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.Set;

/**
 * Uses everything once, and leaves a weak reference to its class loader where another application
 * finds it.
 */
@WebServlet("/use")
public class UsedServlet extends HttpServlet {

    @Inject
    SessionManager sessions;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        IssuedToken issued = sessions.open("alice", Set.of("user"));
        IssuedToken rotated = sessions.rotate(issued.token()).orElseThrow();
        boolean found = sessions.find(rotated.token()).isPresent();
        sessions.revoke(rotated.token());
        System.getProperties()
                .put(LeftBehind.LOADER, new WeakReference<>(getClass().getClassLoader()));
        response.getWriter().print(found && sessions.find(rotated.token()).isEmpty() ? "used" : "wrong");
    }
}
