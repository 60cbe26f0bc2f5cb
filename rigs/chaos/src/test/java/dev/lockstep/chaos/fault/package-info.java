/** The kinds of faults, one small class each, and what draws them from a seed. */
@NullMarked
package dev.lockstep.chaos.fault;

import org.jspecify.annotations.NullMarked;
