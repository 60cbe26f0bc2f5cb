package dev.lockstep.it.redeploy;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionManager;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/**
 * Uses everything once, and leaves a weak reference to its class loader where another application
 * finds it.
 */
@WebServlet("/use")
public class UsedServlet extends HttpServlet {

    @Inject
    SessionManager sessions;

    @Resource
    ManagedExecutorService executor;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        IssuedToken issued = sessions.open("alice", Set.of("user"));
        IssuedToken rotated = sessions.rotate(issued.token()).orElseThrow();
        boolean found = sessions.find(rotated.token()).isPresent();
        sessions.revoke(rotated.token());
        System.getProperties()
                .put(LeftBehind.LOADER, new WeakReference<>(getClass().getClassLoader()));
        boolean ended = resultOf(() -> sessions.find(rotated.token()).isEmpty());
        response.getWriter().print(found && ended ? "used" : "wrong");
    }

    /** In a thread of the server's. */
    private <T> T resultOf(Callable<T> task) throws ServletException {
        try {
            return executor.submit(task).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new ServletException(e);
        }
    }
}
