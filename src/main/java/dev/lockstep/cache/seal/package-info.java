/**
 * What keeps copies that leave the JVM from being read, changed and made by others: AES-256-GCM
 * under the application's key. The format is described in {@link
 * dev.lockstep.cache.seal.SealedBytes}.
 */
@NullMarked
package dev.lockstep.cache.seal;

import org.jspecify.annotations.NullMarked;
