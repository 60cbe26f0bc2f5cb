/** The CDI extension, its beans and the wiring: glue only. */
@NullMarked
package dev.lockstep.cdi;

import org.jspecify.annotations.NullMarked;
