/**
 * Starts the demo application on two servers, walks through it over HTTP, and stops everything
 * again.
 */
@NullMarked
package dev.lockstep.demo.launcher;

import org.jspecify.annotations.NullMarked;
