package dev.lockstep.map;

import static org.awaitility.Awaitility.await;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionRevoked;
import dev.lockstep.SessionToken;
import dev.lockstep.cdi.LockstepExtension;
import dev.lockstep.web.LockstepInitializer;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;

/**
 * A web application of one node, with a database in memory, behind the filter; the server is this
 * class.
 */
final class ShopNode implements AutoCloseable {

    private static final String CONTEXT = "/shop";
    private static final String PATH = "/api/orders";

    /** Polls are so far apart that there is time for a journey between two. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "lockstep.store.url", "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1",
            "lockstep.web.protect", "/api/*",
            "lockstep.lease", "20s",
            "lockstep.poll", "4s");

    private static final AtomicInteger REVOKED = new AtomicInteger();

    private final Config config;
    private final SeContainer container;
    private final Filter filter;

    ShopNode() throws ServletException {
        config = configuration(PROPERTIES);
        ConfigProviderResolver.instance()
                .registerConfig(config, Thread.currentThread().getContextClassLoader());
        container = new Weld()
                .disableDiscovery()
                .addExtensions(new LockstepExtension())
                .addBeanClass(Observer.class)
                .initialize();
        AtomicReference<Filter> added = new AtomicReference<>();
        new LockstepInitializer().onStartup(null, context(added));
        filter = added.get();
    }

    static Config configuration(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(properties, "microprofile-config.properties", 100))
                .build();
    }

    /** The application's. */
    public static class Observer {

        void revoked(@Observes SessionRevoked event) {
            REVOKED.incrementAndGet();
        }
    }

    SessionToken logIn() {
        return manager().open("ada", Set.of("user"), Map.of()).token();
    }

    /** Until the application has heard of it. */
    void logOut(SessionToken token) {
        int before = REVOKED.get();
        manager().revoke(token);
        await().until(() -> REVOKED.get() > before);
    }

    void clearCache() {
        container.select(SessionCache.class).get().clear();
    }

    /** A request, by which the servlet learns who sent it. */
    void request(SessionToken token) throws Exception {
        AtomicReference<String> principal = new AtomicReference<>();
        filter.doFilter(
                requestWith(token),
                proxy(HttpServletResponse.class, Map.of()),
                (request, response) -> principal.set(
                        ((HttpServletRequest) request).getUserPrincipal().getName()));
        if (!"ada".equals(principal.get())) {
            throw new IllegalStateException("The request was refused.");
        }
    }

    private SessionManager manager() {
        return container.select(SessionManager.class).get();
    }

    @Override
    public void close() {
        container.close();
        ConfigProviderResolver.instance().releaseConfig(config);
    }

    private static ServletContext context(AtomicReference<Filter> added) {
        FilterRegistration.Dynamic registration = proxy(FilterRegistration.Dynamic.class, Map.of());
        return proxy(
                ServletContext.class,
                Map.of(
                        "getClassLoader", arguments -> ShopNode.class.getClassLoader(),
                        "getContextPath", arguments -> CONTEXT,
                        "setInitParameter", arguments -> true,
                        "addFilter",
                                arguments -> {
                                    added.set((Filter) arguments[1]);
                                    return registration;
                                }));
    }

    private static HttpServletRequest requestWith(SessionToken token) {
        Map<Object, Object> attributes = new HashMap<>();
        return proxy(
                HttpServletRequest.class,
                Map.of(
                        "getDispatcherType", arguments -> DispatcherType.REQUEST,
                        "getMethod", arguments -> "GET",
                        "getContextPath", arguments -> CONTEXT,
                        "getServletPath", arguments -> PATH,
                        "getRequestURI", arguments -> CONTEXT + PATH,
                        "getHeaders",
                                arguments -> Collections.enumeration(
                                        arguments[0].equals("Authorization")
                                                ? List.of("Bearer " + token.value())
                                                : List.of()),
                        "getAttribute", arguments -> attributes.get(arguments[0]),
                        "setAttribute", arguments -> attributes.put(arguments[0], arguments[1])));
    }

    private interface Answer {
        Object to(Object[] arguments);
    }

    /** Whose other methods return nothing. */
    private static <T> T proxy(Class<T> type, Map<String, Answer> answers) {
        return type.cast(Proxy.newProxyInstance(
                ShopNode.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Answer answer = answers.get(method.getName());
                    return answer == null ? null : answer.to(arguments);
                }));
    }
}
