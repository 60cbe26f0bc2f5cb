package dev.lockstep.endpoints;

import dev.lockstep.RevocationUnconfirmedException;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.endpoints.routing.Access;
import dev.lockstep.endpoints.routing.EndpointCall;
import dev.lockstep.endpoints.routing.HttpAnswer;
import dev.lockstep.endpoints.routing.ProblemDetails;
import dev.lockstep.endpoints.routing.ProblemException;
import dev.lockstep.endpoints.routing.Route;
import dev.lockstep.endpoints.routing.Routes;
import dev.lockstep.redaction.Redaction;
import dev.lockstep.web.Caller;
import dev.lockstep.web.Doorkeeper;
import dev.lockstep.web.WebServices;
import dev.lockstep.web.path.RequestPath;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Serves the endpoints. Thread-safe.
 *
 * <p>It asks for the caller itself, whatever the filter has done before: no {@code lockstep.web}
 * setting can open it. It answers requests of clients alone, no dispatch of the application's, and
 * only by paths that everybody reads alike. A method is what the request line says, whatever
 * headers, or filters of the application, say of another one.
 */
public final class EndpointsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(EndpointsServlet.class.getName());

    private final transient WebServices web;
    private final transient EndpointServices services;
    private transient @Nullable Doorkeeper doorkeeper;
    private transient @Nullable Routes routes;

    /** @param services may be used from the first request on */
    public EndpointsServlet(WebServices web, EndpointServices services) {
        this.web = web;
        this.services = services;
    }

    /** Called by the server before the first request, once the application has started. */
    @Override
    public void init() {
        doorkeeper = new Doorkeeper(web);
        routes = EndpointRoutes.of(web.config().endpoints(), services);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RequestPath path = new RequestPath(request.getRequestURI(), request.getServletPath(), request.getPathInfo());
        HttpServletRequest sent = unwrapped(request);
        Optional<Routes.Found> found = find(path, request);
        if (found.isEmpty()) {
            send(ProblemDetails.answer(404, "There is nothing at this path."), sent, response);
            return;
        }
        try {
            serve(found.get(), path, request, sent, response);
        } catch (RuntimeException e) {
            send(failed("at " + found.get().resource().path().text(), e), sent, response);
        }
    }

    private void serve(
            Routes.Found found,
            RequestPath path,
            HttpServletRequest request,
            HttpServletRequest sent,
            HttpServletResponse response)
            throws IOException {
        Access access = found.resource().access();
        @Nullable
        Caller caller = access.needsSession()
                ? Objects.requireNonNull(doorkeeper).admit(path, access.groups(), sent, response)
                : null;
        if (caller != null || !access.needsSession()) {
            EndpointCall call = new EndpointCall(request, found.variables(), caller);
            HttpAnswer answer = answer(found.resource(), sent.getMethod(), call);
            if (answer.hasEndedCaller()) {
                web.config().cookie().ifPresent(cookie -> response.addHeader("Set-Cookie", cookie.clear()));
            }
            send(answer, sent, response);
        }
    }

    private Optional<Routes.Found> find(RequestPath path, HttpServletRequest request) {
        String below = request.getPathInfo() == null ? "" : request.getPathInfo();
        return request.getDispatcherType() == DispatcherType.REQUEST && path.isPlain()
                ? Objects.requireNonNull(routes).at(below)
                : Optional.empty();
    }

    /** As the client sent it: filters of the application may have changed the method. */
    private static HttpServletRequest unwrapped(HttpServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return inner instanceof HttpServletRequest sent ? sent : request;
    }

    private static HttpAnswer answer(Routes.Resource resource, String method, EndpointCall call) {
        if (method.equals("OPTIONS")) {
            return HttpAnswer.noContent().with("Allow", resource.allowed());
        }
        return resource.route(method)
                .map(route -> answer(route, call))
                .orElseGet(() -> ProblemDetails.answer(405, "This path has other methods: see the header Allow.")
                        .with("Allow", resource.allowed()));
    }

    private static HttpAnswer answer(Route route, EndpointCall call) {
        try {
            return route.handler().handle(call);
        } catch (ProblemException e) {
            return e.answer();
        } catch (StoreUnavailableException e) {
            return ProblemDetails.answer(503, "The store of the sessions does not answer.")
                    .with("Retry-After", "2");
        } catch (RevocationUnconfirmedException e) {
            return ProblemDetails.answer(
                            503,
                            "It is not certain that this holds on every node: to ask again is safe, and settles it.")
                    .with("Retry-After", "2");
        } catch (RuntimeException e) {
            return failed(route.method() + ' ' + route.path().text(), e);
        }
    }

    /** Nothing of it is for whoever called, or for a server's error page. */
    private static HttpAnswer failed(String what, RuntimeException failure) {
        LOG.log(Level.ERROR, "LOCKSTEP-0701 An endpoint failed: " + what, Redaction.cause(failure, ""));
        return ProblemDetails.answer(500, "The endpoint failed; the server's log says why (LOCKSTEP-0701).");
    }

    private static void send(HttpAnswer answer, HttpServletRequest sent, HttpServletResponse response)
            throws IOException {
        answer.send(sent.getMethod().equals("HEAD"), response);
    }
}
