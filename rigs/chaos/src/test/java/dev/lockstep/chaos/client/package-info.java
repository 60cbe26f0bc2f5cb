/** The clients, all in one JVM so that one clock orders what they saw. */
@NullMarked
package dev.lockstep.chaos.client;

import org.jspecify.annotations.NullMarked;
