package dev.lockstep.it.redeploy;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.stream.Collectors;

/** Tells what an application that was undeployed has left behind in this JVM: threads, and its class loader. */
@WebServlet("/left")
public class WatcherServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        System.gc();
        WeakReference<?> reference = (WeakReference<?>) System.getProperties().get("lockstep.it.loader");
        Object loader = reference.get();
        response.getWriter().print(loader == null ? "nothing" : "its class loader, and threads " + threads(loader));
    }

    private static String threads(Object loader) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> Objects.equals(thread.getContextClassLoader(), loader))
                .map(Thread::getName)
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
