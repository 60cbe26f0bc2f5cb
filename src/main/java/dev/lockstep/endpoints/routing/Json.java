package dev.lockstep.endpoints.routing;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import java.util.HashSet;
import java.util.Set;

/** Reads and writes JSON by the implementation that the server or the application has. */
public final class Json {

    /** Deeper than anything that is read here. */
    static final int MAX_DEPTH = 8;

    private static final JsonProvider PROVIDER = JsonProvider.provider();

    private Json() {}

    public static JsonObjectBuilder object() {
        return PROVIDER.createObjectBuilder();
    }

    public static JsonArrayBuilder array() {
        return PROVIDER.createArrayBuilder();
    }

    /**
     * Reads one object. Of members of the same name each reader would take another one (RFC 8259,
     * section 4), so they are refused.
     *
     * @throws ProblemException 400 if it is none
     */
    public static JsonObject parse(String text) {
        try (JsonParser parser = PROVIDER.createParser(new StringReader(text))) {
            if (parser.hasNext() && parser.next() == Event.START_OBJECT) {
                JsonObject object = object(parser, 1);
                if (!parser.hasNext()) {
                    return object;
                }
            }
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException e) {
            // told below: implementations throw one or the other, and quote the text
        }
        throw refused();
    }

    private static JsonObject object(JsonParser parser, int depth) {
        JsonObjectBuilder object = object();
        Set<String> names = new HashSet<>();
        for (Event event = parser.next(); event != Event.END_OBJECT; event = parser.next()) {
            String name = parser.getString();
            if (!names.add(name)) {
                throw refused();
            }
            switch (parser.next()) {
                case START_OBJECT -> object.add(name, object(parser, deeper(depth)));
                case START_ARRAY -> object.add(name, array(parser, deeper(depth)));
                default -> object.add(name, parser.getValue());
            }
        }
        return object.build();
    }

    private static JsonArrayBuilder array(JsonParser parser, int depth) {
        JsonArrayBuilder array = array();
        for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            switch (event) {
                case START_OBJECT -> array.add(object(parser, deeper(depth)));
                case START_ARRAY -> array.add(array(parser, deeper(depth)));
                default -> array.add(parser.getValue());
            }
        }
        return array;
    }

    private static int deeper(int depth) {
        if (depth == MAX_DEPTH) {
            throw refused();
        }
        return depth + 1;
    }

    private static ProblemException refused() {
        return new ProblemException(
                400,
                "The body is one JSON object, nested at most " + MAX_DEPTH
                        + " deep, whose members have different names.");
    }
}
