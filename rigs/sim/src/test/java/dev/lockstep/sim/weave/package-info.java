/**
 * Weaves the seams into the product's classes as they are loaded, so that the jar stays what is
 * shipped.
 */
@NullMarked
package dev.lockstep.sim.weave;

import org.jspecify.annotations.NullMarked;
