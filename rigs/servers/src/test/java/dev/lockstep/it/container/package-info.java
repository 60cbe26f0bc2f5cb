/** Lockstep in servlet containers that have no CDI of their own. */
@NullMarked
package dev.lockstep.it.container;

import org.jspecify.annotations.NullMarked;
