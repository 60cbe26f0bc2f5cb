/** One immutable configuration, its reader and its problems. */
@NullMarked
package dev.lockstep.config;

import org.jspecify.annotations.NullMarked;
