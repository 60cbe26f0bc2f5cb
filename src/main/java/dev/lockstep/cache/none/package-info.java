/** {@code none}: keeps nothing, so that the store is asked for each request. */
@NullMarked
package dev.lockstep.cache.none;

import org.jspecify.annotations.NullMarked;
