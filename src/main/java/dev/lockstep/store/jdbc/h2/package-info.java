/** The store in H2. */
@NullMarked
package dev.lockstep.store.jdbc.h2;

import org.jspecify.annotations.NullMarked;
