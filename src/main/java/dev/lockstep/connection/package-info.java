/**
 * WebSockets, event streams and whatever else an application keeps open for a session, and their
 * end with it.
 */
@NullMarked
package dev.lockstep.connection;

import org.jspecify.annotations.NullMarked;
