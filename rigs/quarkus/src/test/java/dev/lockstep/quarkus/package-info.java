/** Applications on Quarkus. */
@NullMarked
package dev.lockstep.quarkus;

import org.jspecify.annotations.NullMarked;
