/**
 * Threads and connections on which the store's statements are run, their deadlines, and what their
 * failures mean.
 */
@NullMarked
package dev.lockstep.store.jdbc.connection;

import org.jspecify.annotations.NullMarked;
