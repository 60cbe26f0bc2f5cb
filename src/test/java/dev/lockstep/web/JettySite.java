package dev.lockstep.web;

import dev.lockstep.SessionToken;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.config.Security;
import dev.lockstep.config.WebConfig;
import dev.lockstep.config.WebConfigs;
import dev.lockstep.web.probe.ProbeConfig;
import dev.lockstep.web.probe.ProbeServlet;
import dev.lockstep.web.probe.Site;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.EventsHandler;

/**
 * The probe behind the filter on an embedded Jetty. It takes doubtful URIs that Jetty by itself
 * would refuse, so that the filter gets to see them. Among them are encoded slashes, for which
 * Jetty maps servlets in one way and filters in another.
 */
final class JettySite implements Site, AutoCloseable {

    private final Server server = new Server();
    private final ServerConnector connector;

    final StandIn services;
    final ServletContextHandler context = new ServletContextHandler(context());

    JettySite() {
        this(ProbeConfig.CONFIG);
    }

    JettySite(Map<String, String> properties) {
        this(WebConfigs.of(properties));
    }

    JettySite(WebConfig config) {
        services = new StandIn(config);
        HttpConfiguration lenient = new HttpConfiguration();
        lenient.setUriCompliance(UriCompliance.UNSAFE);
        connector = new ServerConnector(server, new HttpConnectionFactory(lenient));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new AnswersInOrder(context));
        context.getServletHandler().setDecodeAmbiguousURIs(true);
        context.setErrorHandler(errorPage());
        addProbe();
    }

    JettySite with(ServletContainerInitializer initializer) {
        context.addServletContainerInitializer(initializer);
        return this;
    }

    JettySite withFilter() {
        return with((classes, context) -> LockstepInitializer.install(services, context));
    }

    /** As where the container asks who calls, and only then the filter runs. */
    JettySite withMechanism() {
        BearerMechanism mechanism = new BearerMechanism(services, services.config());
        return with((classes, context) -> {
            before(context, new ContainerStandIn(mechanism));
            LockstepInitializer.install(services, context);
        });
    }

    /** Something of the container's that comes before all filters. */
    static void before(ServletContext context, Filter first) {
        FilterRegistration.Dynamic registration = context.addFilter("container", first);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }

    JettySite start() throws Exception {
        server.start();
        return this;
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public String context() {
        return "/app";
    }

    @Override
    public boolean knowsTheCallerEverywhere() {
        return services.config().security() == Security.CONTAINER;
    }

    @Override
    public String open(String principal, String... groups) {
        return services.open(principal, Set.of(groups)).token().value();
    }

    @Override
    public void revoke(String token) {
        services.revoke(SessionToken.of(token));
    }

    /** It has no cache. */
    @Override
    public void forget() {}

    @Override
    public void withoutStore(Runnable action) {
        services.failWith(new StoreUnavailableException("on purpose", null));
        try {
            action.run();
        } finally {
            services.failWith(null);
        }
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }

    /** Tells the stand-in when an answer begins. */
    private final class AnswersInOrder extends EventsHandler {

        AnswersInOrder(Handler handler) {
            super(handler);
        }

        @Override
        protected void onResponseBegin(Request request, int status, HttpFields headers) {
            services.order.add("answered");
        }
    }

    private void addProbe() {
        ServletHolder probe = new ServletHolder(new ProbeServlet(new DispatchedSession()));
        probe.setAsyncSupported(true);
        for (String mapping : List.of("/api/*", "/open/*", "/exact", "/exact/", "/error")) {
            context.addServlet(probe, mapping);
        }
    }

    private static ErrorPageErrorHandler errorPage() {
        ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
        errors.addErrorPage(ErrorPageErrorHandler.GLOBAL_ERROR_PAGE, "/error");
        return errors;
    }
}
