package dev.lockstep.web.probe;

import dev.lockstep.CurrentSession;
import dev.lockstep.Session;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.PrintWriter;

/** Writes what an application sees of a request, a line each. */
final class Echo {

    private Echo() {}

    static void write(HttpServletRequest request, CurrentSession current, PrintWriter out) {
        line(out, "dispatch", request.getDispatcherType());
        line(out, "path", request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo()));
        line(
                out,
                "principal",
                request.getUserPrincipal() == null
                        ? null
                        : request.getUserPrincipal().getName());
        line(out, "user", request.getRemoteUser());
        line(out, "auth", request.getAuthType());
        line(out, "admin", request.isUserInRole("admin"));
        line(out, "anyone", request.isUserInRole("**"));
        line(out, "star", request.isUserInRole("*"));
        line(out, "session", session(current));
        line(out, "wrappers", wrappers(request));
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure) {
            line(out, "failure", failure.getMessage());
        }
    }

    static void line(PrintWriter out, String name, Object value) {
        out.print(name + '=' + value + '\n');
    }

    private static String session(CurrentSession current) {
        String principal = current.session().map(Session::principal).orElse(null);
        return current.token().isPresent() ? principal : "null";
    }

    private static int wrappers(ServletRequest request) {
        int found = request.getClass().getSimpleName().equals("BearerRequest") ? 1 : 0;
        return request instanceof ServletRequestWrapper wrapper ? found + wrappers(wrapper.getRequest()) : found;
    }
}
