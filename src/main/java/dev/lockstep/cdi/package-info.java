/** The CDI extensions, their beans and the wiring, and the guard of {@code @RolesAllowed}. */
@NullMarked
package dev.lockstep.cdi;

import org.jspecify.annotations.NullMarked;
