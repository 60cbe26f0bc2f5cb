package dev.lockstep.monitoring.microprofile;

import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.annotation.RegistryScope;

/** Where the registry is injected: Payara makes one only for a field that it can look at. */
final class RegistryHolder {

    @Inject
    @RegistryScope(scope = MetricRegistry.APPLICATION_SCOPE)
    @SuppressWarnings("NullAway.Init") // injected
    MetricRegistry registry;

    RegistryHolder() {}
}
