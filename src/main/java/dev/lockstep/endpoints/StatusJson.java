package dev.lockstep.endpoints;

import dev.lockstep.endpoints.routing.Json;
import dev.lockstep.monitoring.NodeSnapshot;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a node is doing, in JSON. Durations are in milliseconds; what has not happened since the
 * deployment began is left out.
 */
final class StatusJson {

    private StatusJson() {}

    static JsonObjectBuilder of(NodeSnapshot node, Measured measured) {
        JsonObjectBuilder queues = Json.object();
        node.queues().forEach(queues::add);
        JsonObjectBuilder breakers = Json.object();
        node.breakers().forEach((cache, state) -> breakers.add(cache, word(state)));
        return Json.object()
                .add("application", node.application())
                .add("node", node.nodeName())
                .add("nodes", node.nodes())
                .add("lease", lease(node.lease()))
                .add("log", log(node.log()))
                .add(
                        "cache",
                        Json.object()
                                .add("name", node.cache())
                                .add("hits", measured.count("lockstep.cache.gets", "near", "hit"))
                                .add("misses", measured.count("lockstep.cache.gets", "near", "miss"))
                                .add("breakers", breakers))
                .add("queues", queues)
                .add("store", store(node.store()))
                .add("channel", channel(node.channel()))
                .add("revocations", revocations(node.revocations(), measured))
                .add("canary", canary(node.canary()));
    }

    private static JsonObjectBuilder lease(NodeSnapshot.LeaseState lease) {
        JsonObjectBuilder json = Json.object().add("held", lease.isHeld());
        add(json, "leftMillis", lease.left());
        add(json, "lostSinceMillis", lease.lostSince());
        return json;
    }

    private static JsonObjectBuilder log(NodeSnapshot.LogState log) {
        JsonObjectBuilder json = Json.object()
                .add("applied", log.applied().position())
                .add("head", log.head().position())
                .add("behind", log.behind())
                .add("floor", log.floor())
                .add("facts", log.facts());
        add(json, "polledSinceMillis", log.polledSince());
        add(json, "failedSinceMillis", log.failedSince());
        return json;
    }

    private static JsonObjectBuilder store(NodeSnapshot.StoreState store) {
        JsonObjectBuilder json = Json.object();
        add(json, "answeredSinceMillis", store.answeredSince());
        add(json, "failedSinceMillis", store.failedSince());
        add(json, "timedOutSinceMillis", store.timedOutSince());
        add(json, "refusedSinceMillis", store.refusedSince());
        return json;
    }

    private static JsonObjectBuilder channel(NodeSnapshot.ChannelState channel) {
        JsonObjectBuilder json = Json.object().add("name", channel.name()).add("missing", channel.missing());
        if (channel.pokes()) {
            json.add("up", channel.up());
        }
        add(json, "pushedSinceMillis", channel.pushedSince());
        add(json, "acknowledgedSinceMillis", channel.acknowledgedSince());
        add(json, "receivedSinceMillis", channel.receivedSince());
        return json;
    }

    private static JsonObjectBuilder revocations(NodeSnapshot.RevocationState revocations, Measured measured) {
        JsonObjectBuilder json = Json.object()
                .add("count", measured.count("lockstep.revocation.call.duration"))
                .add("totalMillis", measured.totalMillis("lockstep.revocation.call.duration"));
        add(json, "tookMillis", revocations.took());
        add(json, "tookSinceMillis", revocations.tookSince());
        add(json, "failedSinceMillis", revocations.failedSince());
        NodeSnapshot.WaitedOut last = revocations.waitedOut();
        if (last != null) {
            json.add(
                    "waitedOut",
                    Json.object()
                            .add("node", last.nodeName())
                            .add("sinceMillis", last.since().toMillis())
                            .add("tookMillis", last.took().toMillis())
                            .add("fenced", last.fenced()));
        }
        return json.add("awaited", awaited(revocations.awaited()));
    }

    private static JsonArrayBuilder awaited(List<NodeSnapshot.AwaitedNode> nodes) {
        JsonArrayBuilder json = Json.array();
        nodes.forEach(node -> json.add(Json.object()
                .add("node", node.nodeName())
                .add("commits", node.commits())
                .add("sinceMillis", node.since().toMillis())
                .add("leftMillis", node.left().toMillis())));
        return json;
    }

    private static JsonObjectBuilder canary(NodeSnapshot.CanaryState canary) {
        JsonObjectBuilder json = Json.object();
        add(json, "provedSinceMillis", canary.provedSince());
        add(json, "failedSinceMillis", canary.failedSince());
        if (canary.failedOn() != null) {
            json.add("failedOn", canary.failedOn());
        }
        return json;
    }

    private static void add(JsonObjectBuilder json, String name, @Nullable Duration duration) {
        if (duration != null) {
            json.add(name, duration.toMillis());
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
