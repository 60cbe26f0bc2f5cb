package dev.lockstep.cache.infinispan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jgroups.EmptyMessage;
import org.jgroups.Message;
import org.jgroups.ObjectMessage;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.EncryptHeader;
import org.jgroups.protocols.FragHeader;
import org.jgroups.util.SeqnoList;
import org.jgroups.util.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownMessagesTest {

    private static final short PROTOCOL = 1;
    private static final byte TYPE = 1;

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, KnownMessages.MAX_BYTES + 1, -1})
    void noHeaderHasArraysOfAnyLength(int length) {
        assertRefused(
                header(out -> {
                    writePresent(out);
                    out.writeInt(length);
                }),
                length);
        assertRefused(
                header(out -> {
                    out.writeBoolean(false);
                    Util.writeAddress(null, out);
                    writePresent(out);
                    out.writeInt(length);
                }),
                length);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, Byte.SIZE * KnownMessages.MAX_BYTES + 1, -1})
    void noObjectHasNumbersOfAnyCount(int count) {
        assertRefused(
                frame(Message.OBJ_MSG, out -> {
                    out.writeShort(0);
                    writePresent(out);
                    out.writeShort(ClassConfigurator.getMagicNumber(SeqnoList.class));
                    out.writeInt(count);
                    out.writeLong(1);
                }),
                count);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, KnownMessages.MAX_PARTS + 1, -1})
    void noMessageHasAnyNumberOfParts(int parts) {
        Message part = new EmptyMessage().putHeader(PROTOCOL, new FragHeader(1, 0, parts));
        assertThatThrownBy(() -> read(part))
                .isInstanceOf(RefusedMessageException.class)
                .hasMessageContaining(parts + " parts");
    }

    @Test
    void lengthsThatAreSentAreRead() throws Exception {
        FragHeader part = new FragHeader(1, 0, KnownMessages.MAX_PARTS);
        assertThat(read(new EmptyMessage().putHeader(PROTOCOL, part)).<FragHeader>getHeader(PROTOCOL).num_frags)
                .isEqualTo(KnownMessages.MAX_PARTS);
        byte[] version = {1, 2, 3};
        EncryptHeader encrypted = new EncryptHeader(TYPE, version);
        assertThat(read(new EmptyMessage().putHeader(PROTOCOL, encrypted))
                        .<EncryptHeader>getHeader(PROTOCOL)
                        .version())
                .isEqualTo(version);
        SeqnoList missing = new SeqnoList(100, 7).add(8L).add(90L);
        SeqnoList sent = read(new ObjectMessage(null, missing)).getObject();
        assertThat(sent).containsExactly(8L, 90L);
    }

    private static Message read(Message message) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(message.getType());
        message.writeTo(out);
        return KnownMessages.read(bytes.toByteArray());
    }

    private static void assertRefused(byte[] frame, int length) {
        assertThatThrownBy(() -> KnownMessages.read(frame))
                .isInstanceOf(RefusedMessageException.class)
                .hasMessageContaining("a length of " + length);
    }

    private static byte[] header(Writing content) {
        return frame(Message.EMPTY_MSG, out -> {
            out.writeShort(1);
            out.writeShort(PROTOCOL);
            out.writeShort(ClassConfigurator.getMagicNumber(EncryptHeader.class));
            out.writeByte(TYPE);
            out.writeBoolean(false);
            content.writeTo(out);
        });
    }

    /** A message with neither addresses nor flags. */
    private static byte[] frame(short kind, Writing content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            DataOutput out = new DataOutputStream(bytes);
            out.writeShort(kind);
            out.writeByte(0);
            out.writeShort(0);
            content.writeTo(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static void writePresent(DataOutput out) throws IOException {
        out.writeByte(1);
    }

    private interface Writing {
        void writeTo(DataOutput out) throws IOException;
    }
}
