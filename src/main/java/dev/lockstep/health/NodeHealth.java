package dev.lockstep.health;

import dev.lockstep.monitoring.NodeSnapshot;
import dev.lockstep.monitoring.NodeSnapshot.LogState;
import dev.lockstep.monitoring.NodeStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a node can answer requests: it can while it may trust its copies, or the store answers.
 * The store is asked only where the node holds no lease. A cache or a channel that is away makes a
 * node slower, not unable. Thread-safe.
 */
public final class NodeHealth {

    private final NodeStatus status;
    private final BooleanSupplier storeAnswers;

    public NodeHealth(NodeStatus status, StoreProbe store) {
        this(status, store::isAnswered);
    }

    NodeHealth(NodeStatus status, BooleanSupplier storeAnswers) {
        this.status = status;
        this.storeAnswers = storeAnswers;
    }

    /**
     * An answer to a probe.
     *
     * @param ready whether requests can be answered
     * @param data for people: texts and whole numbers; no token, session, principal or address
     */
    record Answer(boolean ready, Map<String, Object> data) {}

    /** Blocks for a second at most. */
    Answer ready() {
        NodeSnapshot now = status.now();
        Map<String, Object> data = data(now);
        if (now.lease().isHeld()) {
            return new Answer(true, data);
        }
        boolean answers = storeAnswers.getAsBoolean();
        data.put("store", answers ? "answers" : "does not answer");
        return new Answer(answers, data);
    }

    /** The deployment has begun: its configuration and its tables are as they must be. */
    Answer started() {
        NodeSnapshot now = status.now();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("application", now.application());
        data.put("cache", now.cache());
        return new Answer(true, data);
    }

    private static Map<String, Object> data(NodeSnapshot now) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("application", now.application());
        data.put("leaseLeftMillis", millis(now.lease().left(), 0));
        putLog(data, now.log());
        data.put("nodes", (long) now.nodes());
        data.put("cache", now.cache());
        data.put("cacheBreaker", now.breaker().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        data.put("acknowledgementsMissing", now.channel().missing());
        data.put("storeQueue", (long) now.queued());
        putAge(data, "canaryProvedAgeMillis", now.canary().provedSince());
        putAge(data, "canaryFailedAgeMillis", now.canary().failedSince());
        return data;
    }

    private static void putLog(Map<String, Object> data, LogState log) {
        if (log.polledSince() != null) {
            data.put("pollAgeMillis", millis(log.polledSince(), 0));
            data.put("logPosition", log.applied().position());
            data.put("logBehind", log.behind());
        }
    }

    private static void putAge(Map<String, Object> data, String name, @Nullable Duration age) {
        if (age != null) {
            data.put(name, age.toMillis());
        }
    }

    private static long millis(@Nullable Duration duration, long otherwise) {
        return duration == null ? otherwise : duration.toMillis();
    }
}
