/**
 * TLS between us and a backend, or between nodes: the settings, the same for all, and the files
 * that they name.
 */
@NullMarked
package dev.lockstep.cache.tls;

import org.jspecify.annotations.NullMarked;
