/**
 * The one format in which copies of sessions leave the JVM: Protocol Buffers, by ProtoStream, as
 * {@code lockstep.proto} in this package says; and the keys under which copies are kept.
 */
@NullMarked
package dev.lockstep.cache.wire;

import org.jspecify.annotations.NullMarked;
