/** What threads share without locks. */
@NullMarked
package dev.lockstep.concurrent;

import org.jspecify.annotations.NullMarked;
