/**
 * The servlet of Lockstep's own: an HTTP interface to sessions for the people whose they are, for
 * administrators and for gateways.
 */
@NullMarked
package dev.lockstep.endpoints;

import org.jspecify.annotations.NullMarked;
