package dev.lockstep.endpoints;

import dev.lockstep.AdministrativeAction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the application is told that administrators and gateways did. */
@ApplicationScoped
public class ObservedActions {

    private static final List<AdministrativeAction> ACTIONS = new CopyOnWriteArrayList<>();

    void observe(@Observes AdministrativeAction action) {
        ACTIONS.add(action);
    }

    /** What has happened since it was asked last, each as a line. */
    static List<String> take() {
        List<String> lines = ACTIONS.stream().map(String::valueOf).toList();
        ACTIONS.clear();
        return lines;
    }
}
