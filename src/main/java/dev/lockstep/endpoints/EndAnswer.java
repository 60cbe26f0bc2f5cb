package dev.lockstep.endpoints;

import dev.lockstep.RevocationOutcome;
import dev.lockstep.endpoints.routing.HttpAnswer;
import dev.lockstep.endpoints.routing.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;

/** What an ending is answered by: on how many nodes it is true, since when, and why so late. */
final class EndAnswer {

    private EndAnswer() {}

    /** For administrators: names the nodes that had to be waited out. */
    static HttpAnswer of(RevocationOutcome outcome) {
        JsonArrayBuilder names = Json.array();
        outcome.waitedOut().forEach(names::add);
        return answer(outcome, json(outcome).add("waitedOut", names));
    }

    /** For everybody else: counts them, as their names tell of hosts and processes. */
    static HttpAnswer withoutNames(RevocationOutcome outcome) {
        return answer(
                outcome, json(outcome).add("waitedOutNodes", outcome.waitedOut().size()));
    }

    private static JsonObjectBuilder json(RevocationOutcome outcome) {
        return Json.object()
                .add("awaited", outcome.awaited())
                .add("otherNodes", outcome.nodes())
                .add("since", outcome.since().toString())
                .add("waitedMillis", outcome.waited().toMillis());
    }

    /** 200 where it is true on every node; 202 where it will be, and nobody waited for that. */
    private static HttpAnswer answer(RevocationOutcome outcome, JsonObjectBuilder json) {
        return HttpAnswer.json(json.build()).withStatus(outcome.awaited() ? 200 : 202);
    }
}
