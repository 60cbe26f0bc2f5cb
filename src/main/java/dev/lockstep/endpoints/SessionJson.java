package dev.lockstep.endpoints;

import dev.lockstep.Session;
import dev.lockstep.endpoints.routing.Json;
import jakarta.json.JsonObjectBuilder;

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
}
