/**
 * The messages by which nodes push revocations to each other, authenticated by the application's
 * key.
 */
@NullMarked
package dev.lockstep.channel;

import org.jspecify.annotations.NullMarked;
