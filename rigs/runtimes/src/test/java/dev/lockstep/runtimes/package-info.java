/** One script of steps on many servers. */
@NullMarked
package dev.lockstep.runtimes;

import org.jspecify.annotations.NullMarked;
