package dev.lockstep.endpoints;

import dev.lockstep.AdministrativeAction.Operation;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionToken;
import dev.lockstep.endpoints.routing.Access;
import dev.lockstep.endpoints.routing.EndpointCall;
import dev.lockstep.endpoints.routing.HttpAnswer;
import dev.lockstep.endpoints.routing.Json;
import dev.lockstep.endpoints.routing.Parameters;
import dev.lockstep.endpoints.routing.ProblemException;
import dev.lockstep.endpoints.routing.Route;
import dev.lockstep.spi.SessionSearch;
import jakarta.json.JsonArrayBuilder;
import java.util.List;
import java.util.Optional;

/** The sessions of everybody, for administrators. Thread-safe. */
final class AllSessions {

    private final EndpointServices services;
    private final AuditTrail audit;
    private final Access access;

    AllSessions(EndpointServices services, Access access) {
        this.services = services;
        this.audit = new AuditTrail(services);
        this.access = access;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/admin/sessions", access, this::search),
                Route.get("/admin/sessions/count", access, this::count),
                Route.get("/admin/sessions/{id}", access, this::one),
                Route.delete("/admin/sessions/{id}", access, this::end),
                Route.post("/admin/sessions/end-principal", access, this::endPrincipal),
                Route.post("/admin/sessions/end-everything", access, this::endEverything));
    }

    private HttpAnswer search(EndpointCall call) {
        Parameters query = call.query().only("principal", "cursor", "limit");
        Optional<String> principal = query.get("principal");
        return audit.tell(call, Operation.SEARCH, principal, () -> {
            PageRequest asked = PageRequest.of(query);
            SessionSearch.Page page = search().page(principal.orElse(null), asked.after(), asked.limit());
            JsonArrayBuilder sessions = Json.array();
            page.sessions().forEach(copy -> sessions.add(SessionJson.full(copy.session())));
            return HttpAnswer.json(Cursor.addTo(Json.object().add("sessions", sessions), page.next())
                    .build());
        });
    }

    private HttpAnswer count(EndpointCall call) {
        Optional<String> principal = call.query().only("principal").get("principal");
        return audit.tell(call, Operation.COUNT, principal, () -> {
            long count = principal.isPresent() ? search().count(principal.get()) : search().count();
            return HttpAnswer.json(Json.object().add("count", count).build());
        });
    }

    private HttpAnswer one(EndpointCall call) {
        String id = call.variable("id");
        return audit.tell(call, Operation.SEE_SESSION, Optional.of(id), () -> {
            SessionCopy found = search().byId(id);
            if (found == null) {
                throw new ProblemException(404, "There is no such session.");
            }
            return HttpAnswer.json(SessionJson.full(found.session()).build());
        });
    }

    /**
     * Whether it is known or not: copies may be left of one that is gone from the store. What may
     * be a token is none, and goes no further.
     */
    private HttpAnswer end(EndpointCall call) {
        String id = call.variable("id");
        return audit.tell(call, Operation.END_SESSION, Optional.of(id), () -> {
            if (SessionToken.mayBeIn(id)) {
                throw new ProblemException(404, "No session has such an identifier.");
            }
            return EndAnswer.of(services.sessions().revokeById(id))
                    .endingCaller(id.equals(call.caller().session().id()));
        });
    }

    private HttpAnswer endPrincipal(EndpointCall call) {
        String principal = call.member("principal");
        return audit.tell(
                call,
                Operation.END_PRINCIPAL,
                Optional.of(principal),
                () -> EndAnswer.of(services.sessions().revokeAll(principal))
                        .endingCaller(principal.equals(call.caller().session().principal())));
    }

    /** The application's name is asked for, so that nobody does it by mistake. */
    private HttpAnswer endEverything(EndpointCall call) {
        String application = call.member("application");
        return audit.tell(call, Operation.END_EVERYTHING, Optional.of(application), () -> {
            if (!application.equals(services.application())) {
                throw new ProblemException(409, "The application has another name: see /admin/status.");
            }
            return EndAnswer.of(services.sessions().revokeEverything()).endingCaller(true);
        });
    }

    private SessionSearch search() {
        return services.search()
                .orElseThrow(() -> new ProblemException(501, "The application's store can't be searched."));
    }
}
