package dev.lockstep.web.probe;

import dev.lockstep.CurrentSession;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/**
 * Answers with what it sees of the request, after having done what the parameter {@code do} says.
 * {@code /api/*} is protected, {@code /open/*} is not, {@code /error} is the error page.
 */
@WebServlet(
        urlPatterns = {"/api/*", "/open/*", "/exact", "/exact/", "/error"},
        asyncSupported = true)
public class ProbeServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient CurrentSession current;

    /** @param current the session as the container under test gives it */
    @Inject
    public ProbeServlet(CurrentSession current) {
        this.current = current;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.setContentType("text/plain;charset=UTF-8");
        String step = isFirst(request) ? request.getParameter("do") : null;
        if (step == null) {
            Echo.write(request, current, response.getWriter());
        } else {
            act(step, request, response);
        }
    }

    /** Whether this is not yet the target of what {@code do} asked for. */
    private static boolean isFirst(HttpServletRequest request) {
        boolean first = request.getAttribute("probe.acted") == null;
        request.setAttribute("probe.acted", true);
        return first;
    }

    private void act(String step, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String to = request.getParameter("to");
        switch (step) {
            case "forward" -> dispatcher(request, to).forward(request, response);
            case "forward-wrapped" -> dispatcher(request, to).forward(new HttpServletRequestWrapper(request), response);
            case "include" -> dispatcher(request, to).include(request, response);
            case "async-dispatch" -> request.startAsync().dispatch(to);
            case "async-redispatch" -> request.startAsync().dispatch();
            case "async-dispatch-pair" -> request.startAsync(request, response).dispatch(to);
            case "async-dispatch-wrapped" ->
                request.startAsync(new HttpServletRequestWrapper(request), response)
                        .dispatch(to);
            case "async-thread" -> answerFromThread(request.startAsync());
            case "async-error" -> failFromThread(request.startAsync());
            case "send-error" -> response.sendError(418);
            case "throw" -> throw new ServletException("on purpose");
            case "cors" -> sayOfCors(request, response);
            case "reset" -> {
                response.reset();
                Echo.write(request, current, response.getWriter());
            }
            case "account" -> account(request, response);
            default -> throw new ServletException("do what? " + step);
        }
    }

    private static RequestDispatcher dispatcher(HttpServletRequest request, String to) {
        return request.getRequestDispatcher(to);
    }

    /** As an application does that knows nothing of the filter's part in it. */
    private void sayOfCors(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.addHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("access-control-allow-credentials", "false");
        response.addHeader("Access-Control-Expose-Headers", "X-Own");
        response.addIntHeader("Access-Control-Expose-Headers", 1);
        response.setIntHeader("Access-Control-Max-Age", 1);
        response.addDateHeader("Access-Control-Expose-Headers", 1);
        response.setDateHeader("Access-Control-Allow-Methods", 1);
        response.setHeader("Vary", "Accept");
        Echo.write(request, current, response.getWriter());
    }

    /** Writes only what is no matter of the request's own thread. */
    private static void answerFromThread(AsyncContext async) {
        async.start(() -> {
            HttpServletRequest request = (HttpServletRequest) async.getRequest();
            try (PrintWriter out = async.getResponse().getWriter()) {
                Echo.line(out, "principal", String.valueOf(request.getUserPrincipal()));
                Echo.line(out, "user", request.getRemoteUser());
                Echo.line(out, "admin", request.isUserInRole("admin"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            async.complete();
        });
    }

    private static void failFromThread(AsyncContext async) {
        async.start(() -> {
            try {
                ((HttpServletResponse) async.getResponse()).sendError(418);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            async.complete();
        });
    }

    /** The three methods of {@link HttpServletRequest} that concern accounts. */
    private void account(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        PrintWriter out = response.getWriter();
        Echo.line(out, "authenticate", request.authenticate(response));
        Echo.line(out, "login", login(request));
        request.logout();
        request.logout();
        Echo.write(request, current, out);
    }

    private static String login(HttpServletRequest request) {
        try {
            request.login("bob", "bob");
            return "done";
        } catch (ServletException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
