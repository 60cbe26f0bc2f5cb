package dev.lockstep.endpoints;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.endpoints.routing.Access;
import dev.lockstep.endpoints.routing.EndpointCall;
import dev.lockstep.endpoints.routing.HttpAnswer;
import dev.lockstep.endpoints.routing.Json;
import dev.lockstep.endpoints.routing.ProblemException;
import dev.lockstep.endpoints.routing.Route;
import dev.lockstep.spi.SessionSearch;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;

/** The sessions of whoever calls. Thread-safe. */
final class OwnSessions {

    private final EndpointServices services;

    OwnSessions(EndpointServices services) {
        this.services = services;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/sessions", Access.SESSION, this::list),
                Route.delete("/sessions/{id}", Access.SESSION, this::end),
                Route.post("/sessions/end-others", Access.SESSION, this::endOthers),
                Route.post("/sessions/end-all", Access.SESSION, this::endAll));
    }

    private HttpAnswer list(EndpointCall call) {
        PageRequest asked = PageRequest.of(call.query().only("cursor", "limit"));
        Session current = call.caller().session();
        OwnPage page = OwnPage.of(services, current, asked);
        JsonArrayBuilder sessions = Json.array();
        for (Session session : page.sessions()) {
            sessions.add(SessionJson.own(session).add("current", session.id().equals(current.id())));
        }
        JsonObjectBuilder answer =
                Json.object().add("principal", current.principal()).add("sessions", sessions);
        return HttpAnswer.json(Cursor.addTo(answer, page.next()).build());
    }

    /** Another's session is as unknown as one that never was. */
    private HttpAnswer end(EndpointCall call) {
        String id = call.variable("id");
        if (!isOf(call.caller().session().principal(), id)) {
            throw new ProblemException(404, "You have no such session.");
        }
        return EndAnswer.withoutNames(services.sessions().revokeById(id))
                .endingCaller(id.equals(call.caller().session().id()));
    }

    private boolean isOf(String principal, String id) {
        Optional<SessionSearch> search = services.search();
        if (search.isPresent()) {
            SessionCopy found = search.get().byId(id);
            return found != null && found.session().principal().equals(principal);
        }
        return services.sessions().list(principal).stream()
                .anyMatch(session -> session.id().equals(id));
    }

    private HttpAnswer endOthers(EndpointCall call) {
        return EndAnswer.withoutNames(
                services.sessions().revokeOthers(call.caller().session()));
    }

    private HttpAnswer endAll(EndpointCall call) {
        return EndAnswer.withoutNames(
                        services.sessions().revokeAll(call.caller().session().principal()))
                .endingCaller(true);
    }
}
