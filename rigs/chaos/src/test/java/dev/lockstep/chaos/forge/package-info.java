/**
 * Somebody who reads and writes what nodes keep and send outside of themselves, knows all that is
 * public, and does not have the application's key.
 */
@NullMarked
package dev.lockstep.chaos.forge;

import org.jspecify.annotations.NullMarked;
