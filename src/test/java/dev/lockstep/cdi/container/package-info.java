/** Lockstep in servlet containers that have no CDI of their own. */
@NullMarked
package dev.lockstep.cdi.container;

import org.jspecify.annotations.NullMarked;
