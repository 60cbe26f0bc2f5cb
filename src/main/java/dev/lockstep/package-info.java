/**
 * What an application uses: sessions, their tokens, the manager that opens, finds and revokes them,
 * the cache behind it, and the events that report what happened.
 */
@NullMarked
package dev.lockstep;

import org.jspecify.annotations.NullMarked;
