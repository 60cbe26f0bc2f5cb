/** Certificates of backends that are reached, or spoken to, by TLS. */
@NullMarked
package dev.lockstep.cache.tls;

import org.jspecify.annotations.NullMarked;
