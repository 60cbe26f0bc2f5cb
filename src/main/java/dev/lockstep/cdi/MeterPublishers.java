package dev.lockstep.cdi;

import dev.lockstep.monitoring.MetricsSettings;
import dev.lockstep.monitoring.NodeMeters;
import dev.lockstep.monitoring.NodeStatus;
import dev.lockstep.monitoring.Publication;
import dev.lockstep.monitoring.jmx.JmxMeters;
import dev.lockstep.monitoring.micrometer.MicrometerMeters;
import dev.lockstep.monitoring.microprofile.MicroProfileMeters;
import dev.lockstep.monitoring.opentelemetry.OpenTelemetryMeters;
import dev.lockstep.redaction.Redaction;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionTarget;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Shows a node's meters wherever that is possible and wanted, until it is closed. A library that
 * fails to show them keeps nobody from logging in: that is logged, and the others go on. Opened and
 * closed by the container's thread.
 */
final class MeterPublishers implements AutoCloseable {

    private static final Logger LOG = System.getLogger(MeterPublishers.class.getName());
    private static final String MICROMETER = "io.micrometer.core.instrument.MeterRegistry";
    private static final String OPEN_TELEMETRY = "io.opentelemetry.api.OpenTelemetry";
    private static final String MICRO_PROFILE = "org.eclipse.microprofile.metrics.MetricRegistry";

    private final Deque<Shown> shown = new ArrayDeque<>();

    private record Shown(String where, AutoCloseable series) {}

    private MeterPublishers() {}

    /** Each library is looked for where the application looks for classes. */
    static MeterPublishers open(
            DeploymentContext context,
            MetricsSettings settings,
            NodeStatus status,
            NodeMeters meters,
            BeanManager beanManager) {
        MeterPublishers publishers = new MeterPublishers();
        Publication publication = new OfDeployment(context, meters, beanManager);
        Drivers drivers = Drivers.ofApplication();
        publishers.show("JMX", () -> Optional.of(JmxMeters.publish(status, meters)));
        if (settings.includes("micrometer") && drivers.has(MICROMETER)) {
            publishers.show("Micrometer", () -> MicrometerMeters.publish(publication));
        }
        if (settings.includes("opentelemetry") && drivers.has(OPEN_TELEMETRY)) {
            publishers.show("OpenTelemetry", () -> OpenTelemetryMeters.publish(publication));
        }
        if (settings.includes("microprofile") && drivers.has(MICRO_PROFILE)) {
            publishers.show("MicroProfile Metrics", () -> MicroProfileMeters.publish(publication));
        }
        return publishers;
    }

    @Override
    public void close() {
        while (!shown.isEmpty()) {
            Shown last = shown.pop();
            try {
                last.series().close();
            } catch (Exception | LinkageError e) {
                LOG.log(
                        Level.WARNING,
                        "LOCKSTEP-0532 Meters of this deployment could not be taken away; they may stay until the server ends."
                                + " where=" + last.where(),
                        Redaction.cause(e, ""));
            }
        }
    }

    private void show(String where, Callable<Optional<AutoCloseable>> publishing) {
        try {
            publishing.call().ifPresent(series -> shown.push(new Shown(where, series)));
        } catch (Exception | LinkageError e) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0531 This node's meters are not shown by " + where + ", which failed. where=" + where,
                    Redaction.cause(e, ""));
        }
    }

    private record OfDeployment(DeploymentContext context, NodeMeters meters, BeanManager beanManager)
            implements Publication {

        @Override
        public String application() {
            return context.application();
        }

        @Override
        public <T> Optional<T> bean(Class<T> type) {
            return context.bean(type);
        }

        @Override
        public boolean hasBean(Class<?> type) {
            return beanManager.createInstance().select(type).isResolvable();
        }

        @Override
        public <T> T injected(Class<T> type) {
            CreationalContext<T> creation = beanManager.createCreationalContext(null);
            InjectionTarget<T> target = beanManager
                    .getInjectionTargetFactory(beanManager.createAnnotatedType(type))
                    .createInjectionTarget(null);
            T object = target.produce(creation);
            target.inject(object, creation);
            return object;
        }

        @Override
        public ScheduledExecutorService scheduler() {
            return context.scheduler();
        }
    }
}
