/**
 * The application's key, as this node uses it: what is derived from each of its versions, and how
 * the node learns of a new one.
 */
@NullMarked
package dev.lockstep.key;

import org.jspecify.annotations.NullMarked;
