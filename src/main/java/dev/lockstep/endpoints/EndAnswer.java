package dev.lockstep.endpoints;

import dev.lockstep.RevocationOutcome;
import dev.lockstep.endpoints.routing.HttpAnswer;
import dev.lockstep.endpoints.routing.Json;
import jakarta.json.JsonArrayBuilder;

/** What an ending is answered by: on how many nodes it is true, since when, and why so late. */
final class EndAnswer {

    private EndAnswer() {}

    /** 200 where it is true on every node; 202 where it will be, and nobody waited for that. */
    static HttpAnswer of(RevocationOutcome outcome) {
        JsonArrayBuilder waitedOut = Json.array();
        outcome.waitedOut().forEach(waitedOut::add);
        return HttpAnswer.json(Json.object()
                        .add("awaited", outcome.awaited())
                        .add("otherNodes", outcome.nodes())
                        .add("since", outcome.since().toString())
                        .add("waitedMillis", outcome.waited().toMillis())
                        .add("waitedOut", waitedOut)
                        .build())
                .withStatus(outcome.awaited() ? 200 : 202);
    }
}
