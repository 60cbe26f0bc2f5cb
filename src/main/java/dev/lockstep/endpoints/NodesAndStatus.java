package dev.lockstep.endpoints;

import dev.lockstep.AdministrativeAction.Operation;
import dev.lockstep.endpoints.routing.Access;
import dev.lockstep.endpoints.routing.EndpointCall;
import dev.lockstep.endpoints.routing.HttpAnswer;
import dev.lockstep.endpoints.routing.Json;
import dev.lockstep.endpoints.routing.ProblemException;
import dev.lockstep.endpoints.routing.Route;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationLog.NodeRows;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** The nodes of the application, and what this one is doing, for administrators. Thread-safe. */
final class NodesAndStatus {

    private final EndpointServices services;
    private final AuditTrail audit;
    private final Access access;

    NodesAndStatus(EndpointServices services, Access access) {
        this.services = services;
        this.audit = new AuditTrail(services);
        this.access = access;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/admin/nodes", access, this::nodes), Route.get("/admin/status", access, this::status));
    }

    private HttpAnswer nodes(EndpointCall call) {
        return audit.tell(call, Operation.SEE_NODES, () -> {
            if (!(services.store() instanceof RevocationLog log)) {
                throw new ProblemException(501, "The application's store lists no nodes.");
            }
            NodeRows rows = log.nodes();
            JsonArrayBuilder nodes = Json.array();
            rows.rows().forEach(row -> nodes.add(node(row, rows.head())));
            return HttpAnswer.json(Json.object()
                    .add("answeredBy", services.status().now().nodeName())
                    .add("nodes", nodes)
                    .build());
        });
    }

    private HttpAnswer status(EndpointCall call) {
        return audit.tell(
                call,
                Operation.SEE_STATUS,
                () -> HttpAnswer.json(StatusJson.of(
                                services.status().now(),
                                new Measured(services.meters().series()))
                        .build()));
    }

    private static JsonObjectBuilder node(NodeRow row, LogPosition head) {
        JsonObjectBuilder node = Json.object()
                .add("name", row.name())
                .add("leaseMillis", row.lease().toMillis())
                .add("applied", row.applied().position())
                .add("behind", behind(row.applied(), head))
                .add("fenced", row.fenced());
        if (row.version() != null) {
            node.add("version", row.version());
        }
        if (row.registeredAt() != null) {
            node.add("since", row.registeredAt().toString());
        }
        return node;
    }

    /** All of it, where the store's history is another one than the node knows. */
    private static long behind(LogPosition applied, LogPosition head) {
        return applied.epoch() == head.epoch() ? Math.max(0, head.position() - applied.position()) : head.position();
    }
}
