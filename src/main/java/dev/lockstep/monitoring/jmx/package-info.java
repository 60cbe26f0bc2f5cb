/** Shows a node to JMX. */
@NullMarked
package dev.lockstep.monitoring.jmx;

import org.jspecify.annotations.NullMarked;
