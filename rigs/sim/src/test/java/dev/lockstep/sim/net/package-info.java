/** A channel and a cache that nodes share, both as bad as they may be. */
@NullMarked
package dev.lockstep.sim.net;

import org.jspecify.annotations.NullMarked;
