/**
 * The simulation: the product's real classes on virtual time, hunted by a seed
 * (docs/internals/simulation.md).
 */
@NullMarked
package dev.lockstep.sim;

import org.jspecify.annotations.NullMarked;
