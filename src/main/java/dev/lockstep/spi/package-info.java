/** What the author of a plug-in implements beyond the API: cache providers, the revocation log of a store, channels. */
@NullMarked
package dev.lockstep.spi;

import org.jspecify.annotations.NullMarked;
