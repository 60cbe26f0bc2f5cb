/** Shows a node's meters by MicroProfile Metrics. */
@NullMarked
package dev.lockstep.monitoring.microprofile;

import org.jspecify.annotations.NullMarked;
