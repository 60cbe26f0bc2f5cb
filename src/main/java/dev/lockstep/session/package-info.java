/** The session manager: the read path, single flight, expiry, tokens. Plain Java. */
@NullMarked
package dev.lockstep.session;

import org.jspecify.annotations.NullMarked;
