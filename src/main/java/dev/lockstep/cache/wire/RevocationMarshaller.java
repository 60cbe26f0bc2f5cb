package dev.lockstep.cache.wire;

import static dev.lockstep.cache.wire.ProtobufSchema.BYTES;
import static dev.lockstep.cache.wire.ProtobufSchema.FIXED64;
import static dev.lockstep.cache.wire.ProtobufSchema.VARINT;

import dev.lockstep.TokenDigest;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import java.io.IOException;
import java.time.Instant;
import org.infinispan.protostream.ProtobufTagMarshaller;
import org.infinispan.protostream.TagReader;
import org.infinispan.protostream.TagWriter;
import org.jspecify.annotations.Nullable;

/** The message {@code Revocation}. Stateless. */
final class RevocationMarshaller implements ProtobufTagMarshaller<Revocation> {

    @Override
    public Class<Revocation> getJavaClass() {
        return Revocation.class;
    }

    @Override
    public String getTypeName() {
        return "dev.lockstep.wire.Revocation";
    }

    @Override
    public void write(WriteContext context, Revocation revocation) throws IOException {
        TagWriter writer = context.getWriter();
        writer.writeFixed64(1, revocation.digest().a());
        writer.writeFixed64(2, revocation.digest().b());
        writer.writeFixed64(3, revocation.digest().c());
        writer.writeFixed64(4, revocation.digest().d());
        writer.writeString(5, revocation.sessionId());
        writer.writeString(6, revocation.principal());
        writer.writeUInt32(7, number(revocation.cause()));
        writer.writeInt64(8, revocation.revokedAt().toEpochMilli());
        writer.writeInt64(9, revocation.position());
    }

    @Override
    public Revocation read(ReadContext context) throws IOException {
        RevocationFields fields = new RevocationFields();
        ProtobufSchema.readFields(context.getReader(), fields);
        return fields.toRevocation();
    }

    private static int number(Cause cause) {
        return switch (cause) {
            case REVOKED -> 0;
            case ROTATED -> 1;
            case TOKEN_GONE -> 2;
            case SESSION_GONE -> 3;
            case PRINCIPAL_GONE -> 4;
            case COPIES_VOID -> 5;
        };
    }

    private static Cause cause(int number) throws IOException {
        return switch (number) {
            case 0 -> Cause.REVOKED;
            case 1 -> Cause.ROTATED;
            case 2 -> Cause.TOKEN_GONE;
            case 3 -> Cause.SESSION_GONE;
            case 4 -> Cause.PRINCIPAL_GONE;
            case 5 -> Cause.COPIES_VOID;
            default -> throw new IOException("An unknown cause");
        };
    }

    /** What was read of a revocation so far. Confined to one read. */
    private static final class RevocationFields implements ProtobufSchema.Fields {

        private long digestA;
        private long digestB;
        private long digestC;
        private long digestD;
        private @Nullable String sessionId;
        private @Nullable String principal;
        private int cause;
        private long revokedAt;
        private long position = -1;

        @Override
        public boolean read(int tag, TagReader reader) throws IOException {
            switch (tag) {
                case 1 << 3 | FIXED64 -> digestA = reader.readFixed64();
                case 2 << 3 | FIXED64 -> digestB = reader.readFixed64();
                case 3 << 3 | FIXED64 -> digestC = reader.readFixed64();
                case 4 << 3 | FIXED64 -> digestD = reader.readFixed64();
                case 5 << 3 | BYTES -> sessionId = reader.readString();
                case 6 << 3 | BYTES -> principal = reader.readString();
                case 7 << 3 | VARINT -> cause = reader.readUInt32();
                case 8 << 3 | VARINT -> revokedAt = reader.readInt64();
                case 9 << 3 | VARINT -> position = reader.readInt64();
                default -> {
                    return false;
                }
            }
            return true;
        }

        Revocation toRevocation() throws IOException {
            if (sessionId == null || principal == null || position < 0) {
                throw new IOException("Incomplete");
            }
            return new Revocation(
                    position,
                    new TokenDigest(digestA, digestB, digestC, digestD),
                    sessionId,
                    principal,
                    cause(cause),
                    Instant.ofEpochMilli(revokedAt));
        }
    }
}
