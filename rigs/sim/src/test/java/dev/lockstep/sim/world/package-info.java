/** Nodes, their clients, and what befalls them. */
@NullMarked
package dev.lockstep.sim.world;

import org.jspecify.annotations.NullMarked;
