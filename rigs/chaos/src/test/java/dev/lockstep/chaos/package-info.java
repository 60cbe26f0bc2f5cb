/**
 * The fault test: real nodes, a real database, faults drawn from a seed, a history, and a checker
 * that reads it.
 */
@NullMarked
package dev.lockstep.chaos;

import org.jspecify.annotations.NullMarked;
