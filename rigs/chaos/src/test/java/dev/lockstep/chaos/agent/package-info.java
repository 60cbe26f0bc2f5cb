/**
 * The Java agent of the node JVMs: delays at named points, a wall clock that jumps, one rule broken
 * at a time.
 */
@NullMarked
package dev.lockstep.chaos.agent;

import org.jspecify.annotations.NullMarked;
