/**
 * A small web application that uses Lockstep: its users log in, look at their sessions and end
 * them. It holds no code that guards anything; {@code META-INF/microprofile-config.properties} says
 * what Lockstep is to guard.
 */
package dev.lockstep.demo;
