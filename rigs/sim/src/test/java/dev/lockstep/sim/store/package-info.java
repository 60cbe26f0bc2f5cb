/** A database that keeps to what PostgreSQL promises, and no more. */
@NullMarked
package dev.lockstep.sim.store;

import org.jspecify.annotations.NullMarked;
