package dev.lockstep.health;

import dev.lockstep.health.NodeHealth.Answer;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * What MicroProfile Health asks. Down while the deployment has not begun, and when it has ended.
 * None is a check of liveness: to start a server anew brings no database back. Thread-safe; the
 * only class that knows MicroProfile Health.
 *
 * <p>The annotation is for Payara, which has MicroProfile Health for those applications alone in
 * which it finds one; this is no bean.
 */
@Readiness
public final class LockstepHealthCheck implements HealthCheck {

    private final String name;
    private final Supplier<Optional<NodeHealth>> node;
    private final Function<NodeHealth, Answer> question;

    private LockstepHealthCheck(
            String name, Supplier<Optional<NodeHealth>> node, Function<NodeHealth, Answer> question) {
        this.name = name;
        this.node = node;
        this.question = question;
    }

    /**
     * Whether the node can answer requests.
     *
     * @param node empty unless the deployment runs
     */
    public static HealthCheck readiness(Supplier<Optional<NodeHealth>> node) {
        return new LockstepHealthCheck("lockstep", node, NodeHealth::ready);
    }

    /**
     * Whether the deployment has begun, which it does not with a configuration or with tables that
     * are not as they must be.
     *
     * @param node empty unless the deployment runs
     */
    public static HealthCheck startup(Supplier<Optional<NodeHealth>> node) {
        return new LockstepHealthCheck("lockstep-started", node, NodeHealth::started);
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(name);
        Optional<Answer> answer = node.get().map(question);
        if (answer.isEmpty()) {
            return response.down().build();
        }
        answer.get().data().forEach((key, value) -> {
            if (value instanceof Number number) {
                response.withData(key, number.longValue());
            } else {
                response.withData(key, value.toString());
            }
        });
        return response.status(answer.get().ready()).build();
    }
}
