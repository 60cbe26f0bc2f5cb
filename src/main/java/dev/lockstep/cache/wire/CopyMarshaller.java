package dev.lockstep.cache.wire;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import java.io.IOException;
import org.infinispan.protostream.ProtobufTagMarshaller;
import org.infinispan.protostream.TagWriter;

/** The message {@code SessionCopy}. Stateless. */
final class CopyMarshaller implements ProtobufTagMarshaller<SessionCopy> {

    @Override
    public Class<SessionCopy> getJavaClass() {
        return SessionCopy.class;
    }

    @Override
    public String getTypeName() {
        return "dev.lockstep.wire.SessionCopy";
    }

    @Override
    public void write(WriteContext context, SessionCopy copy) throws IOException {
        TagWriter writer = context.getWriter();
        writer.writeUInt32(1, ProtobufSchema.FORMAT);
        write(writer, copy.digest());
        writer.writeSFixed64(6, copy.epoch());
        write(writer, copy.session());
        writer.writeInt64(16, copy.position());
    }

    private static void write(TagWriter writer, TokenDigest digest) throws IOException {
        writer.writeFixed64(2, digest.a());
        writer.writeFixed64(3, digest.b());
        writer.writeFixed64(4, digest.c());
        writer.writeFixed64(5, digest.d());
    }

    private static void write(TagWriter writer, Session session) throws IOException {
        writer.writeString(7, session.id());
        writer.writeString(8, session.principal());
        for (String group : session.groups()) {
            writer.writeString(9, group);
        }
        for (var attribute : session.attributes().entrySet()) {
            writer.writeString(10, attribute.getKey());
            writer.writeString(11, attribute.getValue());
        }
        writer.writeInt64(12, session.createdAtMillis());
        writer.writeInt64(13, session.lastSeenAtMillis());
        writer.writeInt64(14, session.expiresAtMillis());
        writer.writeInt64(15, session.idleTimeoutMillis());
    }

    @Override
    public SessionCopy read(ReadContext context) throws IOException {
        CopyFields fields = new CopyFields();
        ProtobufSchema.readFields(context.getReader(), fields);
        return fields.toCopy();
    }
}
