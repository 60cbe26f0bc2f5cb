/** {@code shared-memory}: copies in memory that the JVMs of one machine share, by LMDB. */
@NullMarked
package dev.lockstep.cache.sharedmemory;

import org.jspecify.annotations.NullMarked;
