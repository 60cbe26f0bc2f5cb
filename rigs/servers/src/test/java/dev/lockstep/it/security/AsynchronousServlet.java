package dev.lockstep.it.security;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/** Says from another thread whose request it is. */
@WebServlet(urlPatterns = "/api/asynchronous", asyncSupported = true)
public class AsynchronousServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext async = request.startAsync();
        async.start(() -> {
            HttpServletRequest later = (HttpServletRequest) async.getRequest();
            try (PrintWriter out = async.getResponse().getWriter()) {
                out.print(CallerResource.name(later.getUserPrincipal()) + " " + later.isUserInRole("admin"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            async.complete();
        });
    }
}
