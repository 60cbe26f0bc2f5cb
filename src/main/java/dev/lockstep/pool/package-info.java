/** What a pool has to be told, and what it hides. */
@NullMarked
package dev.lockstep.pool;

import org.jspecify.annotations.NullMarked;
