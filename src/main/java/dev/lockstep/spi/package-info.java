/** What the author of a store, a cache or a channel implements, and what only they use. */
@NullMarked
package dev.lockstep.spi;

import org.jspecify.annotations.NullMarked;
