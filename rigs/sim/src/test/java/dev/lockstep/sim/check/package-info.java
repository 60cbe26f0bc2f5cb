/** What clients saw, and what of it breaks the promise. Knows nothing of how the product works. */
@NullMarked
package dev.lockstep.sim.check;

import org.jspecify.annotations.NullMarked;
