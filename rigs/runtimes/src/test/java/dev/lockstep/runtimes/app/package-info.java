/** The web application that every server runs. */
@NullMarked
package dev.lockstep.runtimes.app;

import org.jspecify.annotations.NullMarked;
