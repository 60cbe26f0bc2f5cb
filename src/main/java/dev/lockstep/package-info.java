/**
 * What an application sees: sessions, their tokens, the manager that opens, finds and revokes them, the cache and the
 * store behind it, and the events that tell of it.
 */
@NullMarked
package dev.lockstep;

import org.jspecify.annotations.NullMarked;
