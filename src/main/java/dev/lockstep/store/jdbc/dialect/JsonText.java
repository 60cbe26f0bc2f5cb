package dev.lockstep.store.jdbc.dialect;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Groups and attributes as JSON text; null where there are none. Thread-safe.
 *
 * <p>Holds the JSON-P provider, which is looked up once: each lookup walks the class path.
 */
public final class JsonText {

    private final JsonProvider provider = JsonProvider.provider();
    private final JsonReaderFactory readers = provider.createReaderFactory(Map.of());

    public @Nullable String write(Set<String> texts) {
        if (texts.isEmpty()) {
            return null;
        }
        JsonArrayBuilder array = provider.createArrayBuilder();
        new TreeSet<>(texts).forEach(array::add);
        return array.build().toString();
    }

    public @Nullable String write(Map<String, String> texts) {
        if (texts.isEmpty()) {
            return null;
        }
        JsonObjectBuilder object = provider.createObjectBuilder();
        new TreeMap<>(texts).forEach(object::add);
        return object.build().toString();
    }

    /** Rows of texts, as an array of arrays. */
    public String write(List<List<String>> rows) {
        JsonArrayBuilder array = provider.createArrayBuilder();
        rows.forEach(row -> array.add(provider.createArrayBuilder(row)));
        return array.build().toString();
    }

    Set<String> set(@Nullable String json) {
        if (json == null) {
            return Set.of();
        }
        try (JsonReader reader = readers.createReader(new StringReader(json))) {
            return reader.readArray().getValuesAs(JsonString.class).stream()
                    .map(JsonString::getString)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
    }

    Map<String, String> map(@Nullable String json) {
        if (json == null) {
            return Map.of();
        }
        try (JsonReader reader = readers.createReader(new StringReader(json))) {
            return reader.readObject().entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, e -> ((JsonString) e.getValue()).getString()));
        }
    }
}
