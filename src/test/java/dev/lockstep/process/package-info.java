/**
 * Processes that tests start, stop, kill and start again; none of them outlives the JVM that
 * started it.
 */
@org.jspecify.annotations.NullMarked
package dev.lockstep.process;
