package dev.lockstep.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.lockstep.web.probe.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The description as it is served, and which of the answers that it knows have been seen. */
final class Description {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode document;
    private final Set<String> seen = new TreeSet<>();

    Description(String text) throws Exception {
        document = JSON.readTree(text);
    }

    /** {@code GET /sessions} and so on. */
    List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        document.get("paths")
                .fields()
                .forEachRemaining(path -> path.getValue()
                        .fields()
                        .forEachRemaining(operation -> all.add(new Operation(
                                operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()))));
        return all;
    }

    /** Whether an answer is one of those that are described. */
    void check(Operation operation, Reply reply) throws Exception {
        String status = String.valueOf(reply.status());
        JsonNode responses = operation.description().get("responses");
        assertThat(responses.has(status)).as("%s: %s", operation, reply).isTrue();
        seen.add(operation + " " + status);
        JsonNode content = resolved(responses.get(status)).path("content");
        if (content.isMissingNode()) {
            assertThat(reply.body()).as(operation + " " + status).isEmpty();
            return;
        }
        String type = reply.headers("Content-Type").get(0);
        assertThat(content.has(type)).as("%s: %s", operation, reply).isTrue();
        assertThat(schema(content.get(type).get("schema")).validate(JSON.readTree(reply.body())))
                .as("%s: %s", operation, reply)
                .isEmpty();
    }

    /** What is described, and was in no answer; what is described as unexpected does not count. */
    Set<String> unseen() {
        Set<String> left = new TreeSet<>();
        for (Operation operation : operations()) {
            operation.description().get("responses").fieldNames().forEachRemaining(status -> {
                if (!status.equals("default") && !seen.contains(operation + " " + status)) {
                    left.add(operation + " " + status);
                }
            });
        }
        return left;
    }

    /** Whether a body is one that the description asks for. */
    boolean allows(Operation operation, String type, String body) throws Exception {
        JsonNode schema = operation
                .description()
                .path("requestBody")
                .path("content")
                .path(type)
                .path("schema");
        return schema.isMissingNode()
                || schema(schema).validate(JSON.readTree(body)).isEmpty();
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    /** References lead to the components of the same document. */
    private Schema schema(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.get("components"));
        return SCHEMAS.getSchema(whole);
    }

    /** An operation of the description. */
    record Operation(String method, String path, JsonNode description) {

        String id() {
            return description.get("operationId").asText();
        }

        boolean isPublic() {
            return description.path("security").isArray();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }
}
