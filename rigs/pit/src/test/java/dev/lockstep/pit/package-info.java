/**
 * The product with one slip at a time, judged by its unit tests and by the simulation
 * (docs/internals/mutants.md).
 */
@NullMarked
package dev.lockstep.pit;

import org.jspecify.annotations.NullMarked;
