package dev.lockstep.endpoints.routing;

import jakarta.json.JsonObject;

/** Reads answers as the endpoints read bodies: strictly. */
public final class JsonTexts {

    private JsonTexts() {}

    public static JsonObject read(String text) {
        return Json.parse(text);
    }
}
