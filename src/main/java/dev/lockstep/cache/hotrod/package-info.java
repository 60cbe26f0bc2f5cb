/** {@code hotrod}: copies in an Infinispan Server, through its Hot Rod client. */
@NullMarked
package dev.lockstep.cache.hotrod;

import org.jspecify.annotations.NullMarked;
