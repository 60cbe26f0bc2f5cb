/** What a node is doing, kept for health checks, JMX, metrics, traces and the console. */
@NullMarked
package dev.lockstep.monitoring;

import org.jspecify.annotations.NullMarked;
