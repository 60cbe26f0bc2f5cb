package dev.lockstep.cdi;

import dev.lockstep.monitoring.opentelemetry.NodeTraces;
import dev.lockstep.redaction.Redaction;
import dev.lockstep.spi.NodeListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * The listener that makes spans, where there is OpenTelemetry. A library that fails to make them
 * keeps nobody from logging in.
 */
final class Traces {

    private static final Logger LOG = System.getLogger(Traces.class.getName());
    private static final String OPEN_TELEMETRY = "io.opentelemetry.api.OpenTelemetry";

    private Traces() {}

    /** Empty where there is no OpenTelemetry. */
    static Optional<NodeListener> find(BeanLookup beans, String application) {
        if (!Drivers.ofApplication().has(OPEN_TELEMETRY)) {
            return Optional.empty();
        }
        try {
            return NodeTraces.find(beans::one, application);
        } catch (RuntimeException | LinkageError e) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0533 This node makes no spans, as OpenTelemetry failed. application=" + application,
                    Redaction.cause(e, ""));
            return Optional.empty();
        }
    }
}
