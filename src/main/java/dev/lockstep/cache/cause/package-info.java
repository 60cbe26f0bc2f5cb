/** What messages of caches say of a failure: libraries wrap what happened, sometimes in silence. */
@NullMarked
package dev.lockstep.cache.cause;

import org.jspecify.annotations.NullMarked;
