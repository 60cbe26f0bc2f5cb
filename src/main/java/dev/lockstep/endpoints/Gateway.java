package dev.lockstep.endpoints;

import dev.lockstep.AdministrativeAction.Operation;
import dev.lockstep.Session;
import dev.lockstep.SessionToken;
import dev.lockstep.endpoints.routing.Access;
import dev.lockstep.endpoints.routing.EndpointCall;
import dev.lockstep.endpoints.routing.Handler;
import dev.lockstep.endpoints.routing.HttpAnswer;
import dev.lockstep.endpoints.routing.Json;
import dev.lockstep.endpoints.routing.ProblemException;
import dev.lockstep.endpoints.routing.Route;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.TreeSet;

/**
 * What gateways ask: whether a token is live (RFC 7662), and its end (RFC 7009). They present a
 * session of their own in the {@code Authorization} header, and the other token in a form. A
 * {@code token_type_hint} is not needed, since there is one type, and ignored (RFC 7009, section
 * 2.1), and so are parameters that nobody knows (RFC 6749, section 3.1). Thread-safe.
 */
final class Gateway {

    private static final JsonObject INACTIVE =
            Json.object().add("active", false).build();

    private final EndpointServices services;
    private final AuditTrail audit;
    private final Access access;

    Gateway(EndpointServices services, Access access) {
        this.services = services;
        this.audit = new AuditTrail(services);
        this.access = access;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/oauth/introspect", access, withOAuthErrors(this::introspect)),
                Route.post("/oauth/revoke", access, withOAuthErrors(this::revoke)));
    }

    /** An inactive token has one answer, whatever the reason (RFC 7662, section 2.2). */
    private HttpAnswer introspect(EndpointCall call) {
        return HttpAnswer.json(
                services.sessions().find(token(call)).map(Gateway::active).orElse(INACTIVE));
    }

    /** Known or not, 200 (RFC 7009, section 2.2). */
    private HttpAnswer revoke(EndpointCall call) {
        SessionToken token = token(call);
        return audit.tell(
                call,
                Operation.END_TOKEN,
                () -> EndAnswer.withoutNames(services.sessions().revoke(token))
                        .endingCaller(token.equals(call.caller().token())));
    }

    private static JsonObject active(Session session) {
        JsonArrayBuilder groups = Json.array();
        new TreeSet<>(session.groups()).forEach(groups::add);
        return Json.object()
                .add("active", true)
                .add("token_type", "Bearer")
                .add("sub", session.principal())
                .add("username", session.principal())
                .add("iat", session.createdAt().getEpochSecond())
                .add("exp", session.validUntil().getEpochSecond())
                .add("sid", session.id())
                .add("groups", groups)
                .build();
    }

    /** In the body alone: an address ends up in logs. */
    private static SessionToken token(EndpointCall call) {
        if (call.request().getQueryString() != null) {
            throw new ProblemException(400, "The parameters are in the body, never in the address.");
        }
        return call.form()
                .get("token")
                .map(SessionToken::of)
                .orElseThrow(() -> new ProblemException(400, "The parameter token is missing."));
    }

    /** RFC 6749, section 5.2, to which RFC 7009 and RFC 7662 refer. */
    private static Handler withOAuthErrors(Handler handler) {
        return call -> {
            try {
                return handler.handle(call);
            } catch (ProblemException e) {
                return HttpAnswer.json(Json.object()
                                .add("error", "invalid_request")
                                .add("error_description", String.valueOf(e.getMessage()))
                                .build())
                        .withStatus(400);
            }
        };
    }
}
