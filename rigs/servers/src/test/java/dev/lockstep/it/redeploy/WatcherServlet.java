package dev.lockstep.it.redeploy;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tells what an application that was undeployed has left behind in the server. Of an application of
 * its own.
 */
@WebServlet(urlPatterns = {"/left", "/crowd"})
public class WatcherServlet extends HttpServlet {

    /** How many requests to {@code /crowd} are to come at a time. */
    static final int CROWD = 16;

    private final transient CyclicBarrier crowd = new CyclicBarrier(CROWD);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (request.getServletPath().equals("/crowd")) {
            meet();
        } else {
            response.getWriter().print(LeftBehind.look());
        }
    }

    /** Returns when as many threads of the server are here at a time. */
    private void meet() throws ServletException {
        try {
            crowd.await(15, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            crowd.reset();
            throw new ServletException(e);
        }
    }
}
