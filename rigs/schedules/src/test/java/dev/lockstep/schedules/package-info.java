/**
 * Schedules of real threads, tried one after the other on the product's classes
 * (docs/internals/schedules.md).
 */
@NullMarked
package dev.lockstep.schedules;

import org.jspecify.annotations.NullMarked;
