package dev.lockstep.endpoints;

import dev.lockstep.Session;
import dev.lockstep.endpoints.routing.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.TreeSet;

/** A session as the endpoints show it: without its attributes, which are the application's. */
final class SessionJson {

    private SessionJson() {}

    /** What its principal may know. */
    static JsonObjectBuilder own(Session session) {
        return Json.object()
                .add("id", session.id())
                .add("opened", session.createdAt().toString())
                .add("lastUsed", session.lastSeenAt().toString())
                .add("ends", session.validUntil().toString())
                .add("endsAtTheLatest", session.expiresAt().toString());
    }

    /** What administrators may know. */
    static JsonObjectBuilder full(Session session) {
        JsonArrayBuilder groups = Json.array();
        new TreeSet<>(session.groups()).forEach(groups::add);
        return own(session).add("principal", session.principal()).add("groups", groups);
    }
}
