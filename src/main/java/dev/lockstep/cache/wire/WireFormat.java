package dev.lockstep.cache.wire;

import dev.lockstep.spi.Driver;

/** What the format of copies outside the heap needs; loads without it. */
public final class WireFormat {

    /** ProtoStream. Every cache outside the JVM needs it. */
    public static final Driver LIBRARY = new Driver(
            "org.infinispan.protostream.ProtobufUtil", "org.infinispan.protostream:protostream:5.0.13.Final");

    private WireFormat() {}
}
