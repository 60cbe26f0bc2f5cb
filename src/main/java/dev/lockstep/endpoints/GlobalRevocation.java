package dev.lockstep.endpoints;

import dev.lockstep.AdministrativeAction.Operation;
import dev.lockstep.endpoints.routing.Access;
import dev.lockstep.endpoints.routing.EndpointCall;
import dev.lockstep.endpoints.routing.HttpAnswer;
import dev.lockstep.endpoints.routing.ProblemException;
import dev.lockstep.endpoints.routing.Route;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Global Token Revocation (draft-parecki-oauth-global-token-revocation-06): an identity provider
 * has all sessions of a user ended. Thread-safe.
 *
 * <p>The subject is named by {@code {"format":"opaque","id":…}} (RFC 9493, section 3.2.7); its
 * {@code id} is the principal. Other formats would have to be translated into principals, which
 * only the application can do, so they are refused. There are no accounts here, so a principal
 * without sessions is not unknown: the answer is 204, and every node has heard of it.
 */
final class GlobalRevocation {

    private final EndpointServices services;
    private final AuditTrail audit;
    private final Access access;

    GlobalRevocation(EndpointServices services, Access access) {
        this.services = services;
        this.audit = new AuditTrail(services);
        this.access = access;
    }

    List<Route> routes() {
        return List.of(Route.post("/global-token-revocation", access, this::revoke));
    }

    private HttpAnswer revoke(EndpointCall call) {
        String principal = principal(call.json());
        return audit.tell(call, Operation.END_PRINCIPAL, Optional.of(principal), () -> {
            var unused = services.sessions().revokeAll(principal);
            return HttpAnswer.noContent()
                    .endingCaller(principal.equals(call.caller().session().principal()));
        });
    }

    /** A subject has the members of its format, and no others (RFC 9493, section 3). */
    private static String principal(JsonObject body) {
        if (body.keySet().equals(Set.of("sub_id"))
                && body.get("sub_id") instanceof JsonObject subject
                && subject.keySet().equals(Set.of("format", "id"))
                && subject.get("format") instanceof JsonString format
                && format.getString().equals("opaque")
                && subject.get("id") instanceof JsonString id
                && !id.getString().isEmpty()) {
            return id.getString();
        }
        throw new ProblemException(
                400, "The body is {\"sub_id\":{\"format\":\"opaque\",\"id\":…}}, the id being the principal.");
    }
}
