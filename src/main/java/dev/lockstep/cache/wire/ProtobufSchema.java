package dev.lockstep.cache.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.infinispan.protostream.FileDescriptorSource;
import org.infinispan.protostream.ImmutableSerializationContext;
import org.infinispan.protostream.ProtobufTagMarshaller;
import org.infinispan.protostream.ProtobufUtil;
import org.infinispan.protostream.SerializationContext;
import org.infinispan.protostream.TagReader;
import org.infinispan.protostream.descriptors.WireType;
import org.jspecify.annotations.Nullable;

/** Binds marshallers to the messages of {@code lockstep.proto}, and reads without ever failing. */
final class ProtobufSchema {

    /** The format that this version writes and reads. */
    static final int FORMAT = 1;

    static final int VARINT = WireType.WIRETYPE_VARINT;
    static final int FIXED64 = WireType.WIRETYPE_FIXED64;
    static final int BYTES = WireType.WIRETYPE_LENGTH_DELIMITED;

    private static final String FILE = "lockstep.proto";

    private ProtobufSchema() {}

    static ImmutableSerializationContext bind(ProtobufTagMarshaller<?>... marshallers) {
        SerializationContext context = ProtobufUtil.newSerializationContext();
        context.registerProtoFiles(FileDescriptorSource.fromString(FILE, text()));
        for (ProtobufTagMarshaller<?> marshaller : marshallers) {
            context.registerMarshaller(marshaller);
        }
        return context;
    }

    static byte[] write(ImmutableSerializationContext context, Object message) {
        try {
            return ProtobufUtil.toByteArray(context, message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The message, or null where the bytes are none: garbage fails in whatever way a length, an
     * index or a tag can.
     */
    static <T> @Nullable T read(ImmutableSerializationContext context, byte[] bytes, Class<T> type) {
        try {
            return ProtobufUtil.fromByteArray(context, bytes, type);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** Reads all fields of a message, and skips those of a later version. */
    static void readFields(TagReader reader, Fields fields) throws IOException {
        for (int tag = reader.readTag(); tag != 0; tag = reader.readTag()) {
            if (!fields.read(tag, reader)) {
                skip(tag, reader);
            }
        }
    }

    /**
     * Refuses groups, which proto3 does not have: each would be skipped by a call within the call
     * before.
     */
    private static void skip(int tag, TagReader reader) throws IOException {
        int type = WireType.getTagWireType(tag);
        if (type == WireType.WIRETYPE_START_GROUP || !reader.skipField(tag)) {
            throw new IOException("A group");
        }
    }

    private static String text() {
        try (var file = Objects.requireNonNull(ProtobufSchema.class.getResourceAsStream(FILE), FILE)) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the fields that it knows. */
    interface Fields {
        /** Whether this field was known, and is read. */
        boolean read(int tag, TagReader reader) throws IOException;
    }
}
