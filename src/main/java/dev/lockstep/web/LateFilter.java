package dev.lockstep.web;

import dev.lockstep.config.WebConfig;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/**
 * Stands for the filter where the server asks for it before CDI has started. The server tells
 * listeners when all initializers have run, of which one may start CDI, and before the first
 * request (Servlet 6.0, sections 8.2.4 and 11.3.2). If there is no CDI by then, the deployment
 * fails.
 *
 * <p>Thread-safe. Refuses everything until then.
 */
final class LateFilter implements Filter, ServletContextListener {

    private final WebServices services;
    private volatile Filter filter = (request, response, chain) -> {
        throw new IllegalStateException("LOCKSTEP-0410 A request came before the application had started.");
    };

    LateFilter(WebServices services) {
        this.services = services;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        String contextPath = event.getServletContext().getContextPath();
        services.start(contextPath);
        WebConfig config = services.config();
        filter = config.needsFilter()
                ? new BearerTokenFilter(services, config)
                : (request, response, chain) -> chain.doFilter(request, response);
        LockstepInitializer.announce(config, contextPath);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        filter.doFilter(request, response, chain);
    }
}
