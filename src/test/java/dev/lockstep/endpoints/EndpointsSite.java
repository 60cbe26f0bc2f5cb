package dev.lockstep.endpoints;

import dev.lockstep.SessionManager;
import dev.lockstep.cdi.LockstepExtension;
import dev.lockstep.web.LockstepInitializer;
import dev.lockstep.web.probe.RawHttp;
import dev.lockstep.web.probe.Reply;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.inject.se.SeContainer;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;

/**
 * A whole application on Weld and an embedded Jetty: one node, a database in memory, and the
 * endpoints at {@code /shop/lockstep}. One at a time.
 */
final class EndpointsSite implements AutoCloseable {

    static final Map<String, String> CONFIG = Map.of(
            "lockstep.application", "shop",
            "lockstep.endpoints.path", "/lockstep",
            "lockstep.endpoints.admin", "admin,root",
            "lockstep.endpoints.gateway", "gateway",
            "lockstep.nodes", "single");

    private final Thread thread = Thread.currentThread();
    private final ClassLoader before = thread.getContextClassLoader();
    private final ClassLoader application = new URLClassLoader(new URL[0], before);
    private final Config config;
    private final SeContainer container;
    private final Server server = new Server();
    private final ServerConnector connector;

    final ServletContextHandler context = new ServletContextHandler("/shop");

    EndpointsSite(Map<String, String> properties, Class<?>... beans) {
        Map<String, String> all = new HashMap<>(properties);
        all.putIfAbsent("lockstep.store.url", database());
        config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(all, "microprofile-config.properties", 100))
                .build();
        ConfigProviderResolver.instance().registerConfig(config, application);
        thread.setContextClassLoader(application);
        container = ServedModule.start(() -> new Weld()
                .disableDiscovery()
                .addExtensions(new LockstepExtension())
                .addBeanClasses(beans)
                .addBeanClass(EndpointsSite.class)
                .initialize());
        HttpConfiguration lenient = new HttpConfiguration();
        lenient.setUriCompliance(UriCompliance.UNSAFE);
        connector = new ServerConnector(server, new HttpConnectionFactory(lenient));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        context.setClassLoader(application);
        context.getServletHandler().setDecodeAmbiguousURIs(true);
        context.addServletContainerInitializer(new LockstepInitializer());
    }

    EndpointsSite start() throws Exception {
        server.start();
        return this;
    }

    SessionManager sessions() {
        return container.select(SessionManager.class).get();
    }

    /** Opens a session, and gives its token. */
    String open(String principal, String... groups) {
        return sessions().open(principal, Set.of(groups)).token().value();
    }

    /** @param path below that of the endpoints */
    Reply send(String method, String path, String... headers) {
        return RawHttp.send(connector.getLocalPort(), method, "/shop/lockstep" + path, headers);
    }

    /** With the token of a session. */
    Reply as(String token, String method, String path, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Authorization: Bearer " + token);
        return send(method, path, all.toArray(String[]::new));
    }

    /** Likewise, and with a body. */
    Reply post(String token, String path, String type, String body) {
        return send(
                "POST",
                path,
                "Authorization: Bearer " + token,
                "Content-Type: " + type,
                "Content-Length: " + body.length(),
                "",
                body);
    }

    int port() {
        return connector.getLocalPort();
    }

    /** The address of a new database. */
    static String database() {
        return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    }

    static Map<String, String> with(String... more) {
        Map<String, String> all = new HashMap<>(CONFIG);
        for (int at = 0; at < more.length; at += 2) {
            all.put(more[at], more[at + 1]);
        }
        return all;
    }

    static Map<String, String> without(String... keys) {
        Map<String, String> all = new HashMap<>(CONFIG);
        Stream.of(keys).forEach(all::remove);
        return all;
    }

    @Override
    public void close() throws Exception {
        server.stop();
        container.close();
        ConfigProviderResolver.instance().releaseConfig(config);
        thread.setContextClassLoader(before);
    }
}
