package dev.lockstep.web;

import dev.lockstep.config.PathPattern;
import dev.lockstep.config.WebConfig;
import dev.lockstep.config.WebConfig.GroupRule;
import dev.lockstep.web.probe.ProbeConfig;
import dev.lockstep.web.probe.ProbeServlet;
import jakarta.servlet.ServletContainerInitializer;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The probe behind the filter on an embedded Jetty. It takes doubtful URIs that Jetty by itself would refuse, so that
 * the filter gets to see them. Among them are encoded slashes, for which Jetty maps servlets in one way and filters in
 * another.
 */
final class JettySite implements AutoCloseable {

    private final Server server = new Server();
    private final ServerConnector connector;

    final StandIn services;
    final ServletContextHandler context = new ServletContextHandler("/app");

    JettySite() {
        this(config());
    }

    JettySite(WebConfig config) {
        services = new StandIn(config);
        HttpConfiguration lenient = new HttpConfiguration();
        lenient.setUriCompliance(UriCompliance.UNSAFE);
        connector = new ServerConnector(server, new HttpConnectionFactory(lenient));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        context.getServletHandler().setDecodeAmbiguousURIs(true);
        context.setErrorHandler(errorPage());
        addProbe();
    }

    JettySite with(ServletContainerInitializer initializer) {
        context.addServletContainerInitializer(initializer);
        return this;
    }

    JettySite start() throws Exception {
        server.start();
        return this;
    }

    int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() throws Exception {
        server.stop();
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

    private static WebConfig config() {
        return new WebConfig(
                patterns("lockstep.web.protect"),
                patterns("lockstep.web.permit"),
                GroupRule.parseAll(elements("lockstep.web.require")),
                patterns("lockstep.web.confirm"),
                String.valueOf(ProbeConfig.CONFIG.get("lockstep.web.realm")));
    }

    private static List<PathPattern> patterns(String key) {
        return elements(key).stream().map(PathPattern::parse).toList();
    }

    private static List<String> elements(String key) {
        return Arrays.asList(String.valueOf(ProbeConfig.CONFIG.get(key)).split(","));
    }
}
