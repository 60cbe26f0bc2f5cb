/** Shows a node by OpenTelemetry. */
@NullMarked
package dev.lockstep.monitoring.opentelemetry;

import org.jspecify.annotations.NullMarked;
