package dev.lockstep.endpoints;

import dev.lockstep.AdministrativeAction;
import dev.lockstep.AdministrativeAction.Operation;
import dev.lockstep.AdministrativeAction.Outcome;
import dev.lockstep.RevocationUnconfirmedException;
import dev.lockstep.SessionToken;
import dev.lockstep.endpoints.routing.EndpointCall;
import dev.lockstep.endpoints.routing.HttpAnswer;
import dev.lockstep.endpoints.routing.ProblemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells the application's observers, and the log, who did what to whom. Thread-safe. */
final class AuditTrail {

    private static final Logger LOG = System.getLogger(AuditTrail.class.getName());

    private final EndpointServices services;

    AuditTrail(EndpointServices services) {
        this.services = services;
    }

    /** Something without a target. */
    HttpAnswer tell(EndpointCall call, Operation operation, Supplier<HttpAnswer> work) {
        return tell(call, operation, Optional.empty(), work);
    }

    /**
     * Does something, and tells what came of it.
     *
     * @param target as the request named it
     */
    HttpAnswer tell(EndpointCall call, Operation operation, Optional<String> target, Supplier<HttpAnswer> work) {
        Optional<String> told = target.filter(this::isNoToken);
        Outcome outcome = Outcome.FAILED;
        try {
            HttpAnswer answer = work.get();
            outcome = Outcome.DONE;
            return answer;
        } catch (ProblemException e) {
            outcome = e.status() == 404 ? Outcome.NOT_FOUND : Outcome.FAILED;
            throw e;
        } catch (RevocationUnconfirmedException e) {
            outcome = Outcome.UNCONFIRMED;
            throw e;
        } finally {
            tell(new AdministrativeAction(operation, call.caller().session().principal(), told, outcome));
        }
    }

    /** A token may have been put there by mistake; some names look like one. */
    private boolean isNoToken(String target) {
        return !SessionToken.mayBeIn(target) || target.equals(services.application()) || hasSessions(target);
    }

    private boolean hasSessions(String principal) {
        try {
            return services.search().stream()
                    .anyMatch(search ->
                            !search.page(principal, null, 1).sessions().isEmpty());
        } catch (RuntimeException e) {
            // the work itself tells what is wrong with the store; until then it is in doubt
            return false;
        }
    }

    /** Looking comes every second from a console that is open; changing something does not. */
    private void tell(AdministrativeAction action) {
        Level level = action.operation().changes() ? Level.INFO : Level.DEBUG;
        LOG.log(level, () -> "LOCKSTEP-0702 By the endpoints: " + action);
        services.tell(action);
    }
}
