/** What caches keep their copies in, outside of the nodes, and the harm that can be done to it. */
@NullMarked
package dev.lockstep.chaos.backend;

import org.jspecify.annotations.NullMarked;
