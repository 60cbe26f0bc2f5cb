/** Virtual time, one baton, and what stands in for the JDK's threads, locks and clocks. */
@NullMarked
package dev.lockstep.sim.engine;

import org.jspecify.annotations.NullMarked;
