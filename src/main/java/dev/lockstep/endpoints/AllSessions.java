package dev.lockstep.endpoints;

import dev.lockstep.AdministrativeAction.Operation;
import dev.lockstep.SessionCopy;
import dev.lockstep.endpoints.routing.Access;
import dev.lockstep.endpoints.routing.EndpointCall;
import dev.lockstep.endpoints.routing.HttpAnswer;
import dev.lockstep.endpoints.routing.Json;
import dev.lockstep.endpoints.routing.Parameters;
import dev.lockstep.endpoints.routing.ProblemException;
import dev.lockstep.endpoints.routing.Route;
import dev.lockstep.spi.SessionSearch;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The sessions of everybody, for administrators. Thread-safe. */
final class AllSessions {

    private static final int LONGEST_PAGE = 200;
    private static final int PAGE = 50;

    /** What tokens look like; identifiers are shorter. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

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
            String after = query.get("cursor").map(Cursor::read).orElse(null);
            SessionSearch.Page page = search().page(principal.orElse(null), after, limit(query));
            JsonArrayBuilder sessions = Json.array();
            page.sessions().forEach(copy -> sessions.add(SessionJson.full(copy.session())));
            JsonObjectBuilder answer = Json.object().add("sessions", sessions);
            if (page.next() != null) {
                answer.add("next", Cursor.of(page.next()));
            }
            return HttpAnswer.json(answer.build());
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
        return audit.tell(call, Operation.SEE_SESSION, told(id), () -> {
            SessionCopy found = search().byId(id);
            if (found == null) {
                throw new ProblemException(404, "There is no such session.");
            }
            return HttpAnswer.json(SessionJson.full(found.session()).build());
        });
    }

    /** Whether it is known or not: copies may be left of one that is gone from the store. */
    private HttpAnswer end(EndpointCall call) {
        String id = call.variable("id");
        return audit.tell(
                call,
                Operation.END_SESSION,
                told(id),
                () -> EndAnswer.of(services.sessions().revokeById(id)));
    }

    private HttpAnswer endPrincipal(EndpointCall call) {
        String principal = call.member("principal");
        return audit.tell(
                call,
                Operation.END_PRINCIPAL,
                Optional.of(principal),
                () -> EndAnswer.of(services.sessions().revokeAll(principal)));
    }

    /** The application's name is asked for, so that nobody does it by mistake. */
    private HttpAnswer endEverything(EndpointCall call) {
        String application = call.member("application");
        return audit.tell(call, Operation.END_EVERYTHING, Optional.of(application), () -> {
            if (!application.equals(services.application())) {
                throw new ProblemException(409, "The application has another name: see /admin/status.");
            }
            return EndAnswer.of(services.sessions().revokeEverything());
        });
    }

    private SessionSearch search() {
        return services.search()
                .orElseThrow(() -> new ProblemException(501, "The application's store can't be searched."));
    }

    /** Nothing of what may be a token, put there by mistake. */
    private static Optional<String> told(String id) {
        return Optional.of(id).filter(text -> !TOKEN.matcher(text).matches());
    }

    private static int limit(Parameters query) {
        try {
            int limit = query.get("limit").map(Integer::parseInt).orElse(PAGE);
            if (limit >= 1 && limit <= LONGEST_PAGE) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new ProblemException(400, "The limit is a whole number from 1 to " + LONGEST_PAGE + ".");
    }
}
