package dev.lockstep.endpoints;

import dev.lockstep.config.EndpointsConfig;
import dev.lockstep.endpoints.page.Pages;
import dev.lockstep.endpoints.routing.Route;
import dev.lockstep.endpoints.routing.Routes;
import java.util.ArrayList;
import java.util.List;

/** Puts the table of all routes together. */
final class EndpointRoutes {

    private EndpointRoutes() {}

    /** Those for administrators and gateways are there only where somebody may use them. */
    static Routes of(EndpointsConfig config, EndpointServices services) {
        List<Route> routes = new ArrayList<>(new OwnSessions(services).routes());
        routes.addAll(Pages.routes(!config.admin().isEmpty()));
        return new Routes(routes);
    }
}
