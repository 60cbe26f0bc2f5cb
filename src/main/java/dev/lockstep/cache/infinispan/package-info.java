/**
 * {@code infinispan}: copies and revocations in an Infinispan cluster that the nodes form
 * themselves, over JGroups.
 */
@NullMarked
package dev.lockstep.cache.infinispan;

import org.jspecify.annotations.NullMarked;
