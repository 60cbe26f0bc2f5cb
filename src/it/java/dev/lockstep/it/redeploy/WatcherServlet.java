package dev.lockstep.it.redeploy;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.stream.Collectors;

/** Tells which threads of an application that was undeployed are left in this JVM. */
@WebServlet("/left")
public class WatcherServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        WeakReference<?> loader = (WeakReference<?>) System.getProperties().get("lockstep.it.loader");
        response.getWriter().print("threads " + threadsOf(loader.get()));
    }

    private static String threadsOf(Object loader) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> loader != null && loader.equals(thread.getContextClassLoader()))
                .map(Thread::getName)
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
