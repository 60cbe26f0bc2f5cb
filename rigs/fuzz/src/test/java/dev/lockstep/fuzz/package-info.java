/** Runs the targets, which are in the packages of what they try. */
@NullMarked
package dev.lockstep.fuzz;

import org.jspecify.annotations.NullMarked;
