/**
 * Connections to servers that keep copies: made in the background, and replaced when they lead
 * nowhere.
 */
@NullMarked
package dev.lockstep.cache.remote;

import org.jspecify.annotations.NullMarked;
