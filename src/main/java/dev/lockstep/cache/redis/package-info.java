/** {@code redis}: copies in a Redis server, a sentinel-watched pair, or a cluster, by Lettuce. */
@NullMarked
package dev.lockstep.cache.redis;

import org.jspecify.annotations.NullMarked;
