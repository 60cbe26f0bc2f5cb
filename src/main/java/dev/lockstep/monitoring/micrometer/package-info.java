/** Shows a node's meters by Micrometer. */
@NullMarked
package dev.lockstep.monitoring.micrometer;

import org.jspecify.annotations.NullMarked;
