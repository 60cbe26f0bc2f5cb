package dev.lockstep.it.monitoring;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/**
 * Keeps requests from what others have left on their threads, since WildFly makes no span where it
 * finds one. Not those for the guarded path: it is Lockstep's filter that must not fall for that.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class CleanThreads implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (((HttpServletRequest) request).getRequestURI().endsWith("/guarded")) {
            chain.doFilter(request, response);
            return;
        }
        try (Scope scope = Context.root().makeCurrent()) {
            chain.doFilter(request, response);
        }
    }
}
