/** Keeps a cache outside the JVM that fails from costing more than a look at a flag. */
@NullMarked
package dev.lockstep.cache.guard;

import org.jspecify.annotations.NullMarked;
