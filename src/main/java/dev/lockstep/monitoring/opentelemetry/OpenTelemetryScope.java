package dev.lockstep.monitoring.opentelemetry;

import dev.lockstep.monitoring.Publication;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.lang.reflect.Method;
import java.util.Optional;

/** Finds the OpenTelemetry of a deployment. */
final class OpenTelemetryScope {

    /** The instrumentation scope of all that this node shows. */
    static final String NAME = "lockstep";

    private OpenTelemetryScope() {}

    /** The bean that MicroProfile Telemetry adds, else the global one if somebody has set it. */
    static Optional<OpenTelemetry> of(Publication publication) {
        return of(publication.bean(OpenTelemetry.class));
    }

    /** @param bean what MicroProfile Telemetry adds; empty for none */
    static Optional<OpenTelemetry> of(Optional<OpenTelemetry> bean) {
        return bean.or(OpenTelemetryScope::global);
    }

    /**
     * To get the global one where there is none would set it, for good, to one that does nothing.
     * Versions before 1.57 can't say whether it is set: there it is left alone.
     */
    private static Optional<OpenTelemetry> global() {
        try {
            Method isSet = GlobalOpenTelemetry.class.getMethod("isSet");
            return Boolean.TRUE.equals(isSet.invoke(null)) ? Optional.of(GlobalOpenTelemetry.get()) : Optional.empty();
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }
}
