/**
 * Schedules of real threads, tried one after the other on the product's classes
 * (docs/internals/mutants.md).
 */
@NullMarked
package dev.lockstep.schedules;

import org.jspecify.annotations.NullMarked;
