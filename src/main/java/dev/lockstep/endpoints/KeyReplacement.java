package dev.lockstep.endpoints;

import dev.lockstep.AdministrativeAction.Operation;
import dev.lockstep.endpoints.routing.Access;
import dev.lockstep.endpoints.routing.EndpointCall;
import dev.lockstep.endpoints.routing.HttpAnswer;
import dev.lockstep.endpoints.routing.Json;
import dev.lockstep.endpoints.routing.ProblemException;
import dev.lockstep.endpoints.routing.Route;
import dev.lockstep.spi.KeyRingStore.Former;
import java.util.List;
import java.util.Optional;

/** A new key for the application, for administrators. Thread-safe. */
final class KeyReplacement {

    private final EndpointServices services;
    private final AuditTrail audit;
    private final Access access;

    KeyReplacement(EndpointServices services, Access access) {
        this.services = services;
        this.audit = new AuditTrail(services);
        this.access = access;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/admin/key/replace", access, call -> replace(call, Operation.REPLACE_KEY, Former.STAYS)),
                Route.post(
                        "/admin/key/replace-leaked",
                        access,
                        call -> replace(call, Operation.REPLACE_LEAKED_KEY, Former.LEAKED)));
    }

    /** The application's name is asked for, so that nobody does it by mistake. */
    private HttpAnswer replace(EndpointCall call, Operation operation, Former former) {
        String application = call.member("application");
        return audit.tell(call, operation, Optional.of(application), () -> {
            if (!application.equals(services.application())) {
                throw new ProblemException(409, "The application has another name: see /admin/status.");
            }
            if (!services.key().isReplaceable()) {
                throw new ProblemException(
                        501, "The application's store keeps no key: where lockstep.key is set, change it there.");
            }
            long version = services.key().replace(former);
            return HttpAnswer.json(
                    Json.object().add("version", Long.toString(version)).build());
        });
    }
}
