/**
 * {@code memory}: copies in this JVM. Also the near cache in front of every cache outside the JVM.
 */
@NullMarked
package dev.lockstep.cache.memory;

import org.jspecify.annotations.NullMarked;
