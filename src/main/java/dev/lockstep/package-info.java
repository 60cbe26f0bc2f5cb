/** Server-side sessions for opaque bearer tokens. */
@NullMarked
package dev.lockstep;

import org.jspecify.annotations.NullMarked;
