package dev.lockstep.endpoints.routing;

import dev.lockstep.web.Caller;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request for a route whose caller has been let in. For one thread. */
public final class EndpointCall {

    private final HttpServletRequest request;
    private final Map<String, String> variables;
    private final @Nullable Caller caller;

    /**
     * @param variables of the path, by name
     * @param caller null for a route that anybody may use
     */
    public EndpointCall(HttpServletRequest request, Map<String, String> variables, @Nullable Caller caller) {
        this.request = request;
        this.variables = variables;
        this.caller = caller;
    }

    /** The request, for its headers; its body is read by {@link #json} or {@link #form}. */
    public HttpServletRequest request() {
        return request;
    }

    /**
     * Who calls.
     *
     * @throws NullPointerException on a route that anybody may use
     */
    public Caller caller() {
        return Objects.requireNonNull(caller, "a public route has no caller");
    }

    /**
     * A variable of the route's path, decoded.
     *
     * @throws NullPointerException if the path has none of that name
     */
    public String variable(String name) {
        return Objects.requireNonNull(variables.get(name), name);
    }

    /** What follows the question mark. */
    public Parameters query() {
        String query = request.getQueryString();
        return new Parameters(query == null ? "" : query);
    }

    /** The body, which must be an object of JSON. */
    public JsonObject json() {
        return Json.parse(Body.read("application/json", request));
    }

    /**
     * The one member that the body has, which must be an object of JSON, and the member a text that
     * is not empty.
     *
     * @throws ProblemException 400 if it is anything else
     */
    public String member(String name) {
        JsonObject body = json();
        if (body.keySet().equals(Set.of(name))
                && body.get(name) instanceof JsonString text
                && !text.getString().isEmpty()) {
            return text.getString();
        }
        throw new ProblemException(400, "The body is {\"" + name + "\":\"…\"}, and nothing else.");
    }

    /** The body, which must be a form. */
    public Parameters form() {
        return new Parameters(Body.read("application/x-www-form-urlencoded", request));
    }
}
