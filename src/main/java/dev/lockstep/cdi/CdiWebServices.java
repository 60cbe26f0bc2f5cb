package dev.lockstep.cdi;

import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.TokenRefused;
import dev.lockstep.config.WebConfig;
import dev.lockstep.endpoints.EndpointsServlet;
import dev.lockstep.monitoring.opentelemetry.NodeTraces;
import dev.lockstep.monitoring.opentelemetry.TracedRequest;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.web.RequestTraces;
import dev.lockstep.web.WebApplication;
import dev.lockstep.web.WebServices;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives the filter and the endpoints the beans of the application that they are deployed with.
 * Thread-safe.
 */
public final class CdiWebServices implements WebServices {

    private volatile @Nullable LockstepDeployment deployment;

    @Override
    public boolean isReady() {
        try {
            return find() != null;
        } catch (IllegalStateException | IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public WebConfig config() {
        return deployment().webConfig();
    }

    @Override
    public void start(String contextPath) {
        deployment().start(WebApplication.name(contextPath));
    }

    @Override
    public SessionManager sessions() {
        return deployment().manager();
    }

    @Override
    public boolean isForged(SessionToken token) {
        return deployment().isForged(token);
    }

    @Override
    public HttpServlet endpoints() {
        return new EndpointsServlet(this, new CdiEndpointServices(this::deployment));
    }

    /** What knows OpenTelemetry is loaded only where that makes spans. */
    @Override
    public @Nullable RequestTraces traces() {
        NodeListener traces = deployment().traces();
        return traces == null ? null : new RequestSpans((NodeTraces) traces);
    }

    @Override
    public void refused(TokenRefused refusal) {
        deployment().refused(refusal);
    }

    /** Looked up once. Two threads may do so at the same time: they find the same. */
    private LockstepDeployment deployment() {
        LockstepDeployment found = deployment;
        if (found == null) {
            found = current().get();
            deployment = found;
        }
        return found;
    }

    private static Supplier<LockstepDeployment> current() {
        try {
            return find();
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "LOCKSTEP-0511 CDI is not on for this web application, so that it has no sessions and can't be"
                            + " protected. Add a WEB-INF/beans.xml, which may be empty, or give a class an annotation that"
                            + " defines a bean, such as @ApplicationScoped; a beans.xml must not say"
                            + " bean-discovery-mode=\"none\"; and the server must have CDI. A servlet container without"
                            + " it needs one in the application, such as Weld, that starts before Lockstep does.",
                    e);
        }
    }

    /**
     * The extension itself: as a bean, some servers would give a proxy, which a final class can't
     * have. Containers without portable extensions refuse to be asked.
     */
    private static Supplier<LockstepDeployment> find() {
        CDI<Object> cdi = CDI.current();
        try {
            return cdi.getBeanManager().getExtension(LockstepExtension.class)::deployment;
        } catch (UnsupportedOperationException e) {
            return cdi.select(LiteDeployment.class).get()::deployment;
        }
    }

    /** Tells the maker of spans which request a thread works for. */
    private record RequestSpans(NodeTraces spans) implements RequestTraces {

        @Override
        public boolean enter(HttpServletRequest request) {
            return spans.entered(new ServletCarrier(request));
        }

        @Override
        public void leave() {
            spans.left();
        }
    }

    private record ServletCarrier(HttpServletRequest request) implements TracedRequest {

        @Override
        public Iterable<String> headers() {
            return Collections.list(request.getHeaderNames());
        }

        @Override
        public @Nullable String header(String name) {
            return request.getHeader(name);
        }

        @Override
        public @Nullable Object attribute(String name) {
            return request.getAttribute(name);
        }
    }
}
