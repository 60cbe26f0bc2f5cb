package dev.lockstep.chaos.node;

import dev.lockstep.TokenDigest;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationChannel.Message;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How a message of the channel is written. */
final class Wire {

    private Wire() {}

    static void write(Message message, DataOutputStream out) throws IOException {
        out.writeLong(message.epoch());
        out.writeInt(message.revocations().size());
        for (Revocation revocation : message.revocations()) {
            out.writeLong(revocation.position());
            out.write(revocation.digest().toBytes());
            out.writeUTF(revocation.sessionId());
            out.writeUTF(revocation.principal());
            out.writeUTF(revocation.cause().name());
            out.writeLong(revocation.revokedAt().toEpochMilli());
        }
    }

    static Message read(DataInputStream in) throws IOException {
        long epoch = in.readLong();
        int size = in.readInt();
        List<Revocation> revocations = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            long position = in.readLong();
            byte[] digest = new byte[TokenDigest.LENGTH];
            in.readFully(digest);
            revocations.add(new Revocation(
                    position,
                    TokenDigest.of(digest),
                    in.readUTF(),
                    in.readUTF(),
                    Revocation.Cause.valueOf(in.readUTF()),
                    Instant.ofEpochMilli(in.readLong())));
        }
        return new Message(epoch, revocations);
    }
}
