package dev.lockstep.endpoints;

import dev.lockstep.config.EndpointsConfig;
import dev.lockstep.endpoints.page.Pages;
import dev.lockstep.endpoints.routing.Access;
import dev.lockstep.endpoints.routing.Route;
import dev.lockstep.endpoints.routing.Routes;
import java.util.ArrayList;
import java.util.List;

/** Puts the table of all routes together. */
final class EndpointRoutes {

    private EndpointRoutes() {}

    /** Those for administrators and gateways are there only where somebody may use them. */
    static Routes of(EndpointsConfig config, EndpointServices services) {
        List<Route> routes = new ArrayList<>();
        routes.add(OpenApi.route());
        routes.addAll(new OwnSessions(services).routes());
        routes.addAll(Pages.routes(!config.admin().isEmpty()));
        if (!config.admin().isEmpty()) {
            Access admin = Access.oneOf(config.admin());
            routes.addAll(new AllSessions(services, admin).routes());
            routes.addAll(new KeyReplacement(services, admin).routes());
            routes.addAll(new NodesAndStatus(services, admin).routes());
        }
        if (!config.gateway().isEmpty()) {
            Access gateway = Access.oneOf(config.gateway());
            routes.addAll(new Gateway(services, gateway).routes());
            routes.addAll(new GlobalRevocation(services, gateway).routes());
        }
        return new Routes(routes);
    }
}
