/** What goes wrong, when, and how often it did so at each step. */
@NullMarked
package dev.lockstep.sim.fault;

import org.jspecify.annotations.NullMarked;
