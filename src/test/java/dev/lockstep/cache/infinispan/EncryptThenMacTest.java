package dev.lockstep.cache.infinispan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.ObjectMessage;
import org.jgroups.protocols.EncryptHeader;
import org.jgroups.protocols.SHARED_LOOPBACK;
import org.jgroups.util.ByteArray;
import org.jgroups.util.Digest;
import org.jgroups.util.UUID;
import org.jgroups.util.Util;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EncryptThenMacTest {

    private static final byte[] TEXT = "a copy of a session".getBytes(UTF_8);
    private static final byte[] VECTOR = new byte[16];

    @AutoClose
    private JChannel channel;

    private EncryptThenMac sealing;

    @BeforeEach
    void open() throws Exception {
        sealing = sealing(1, 2);
        channel = new JChannel(new SHARED_LOOPBACK(), sealing);
    }

    @Test
    void whatWasSealedIsOpened() throws Exception {
        byte[] sealed = sealing.code(TEXT, 0, TEXT.length, VECTOR, false);
        assertThat(new String(sealed, UTF_8)).doesNotContain("session");
        assertThat(sealing.code(sealed, 0, sealed.length, VECTOR, true)).isEqualTo(TEXT);
    }

    @Test
    void aPartOfAnArrayIsSealedAndOpened() throws Exception {
        byte[] sealed = sealing.code(TEXT, 2, 4, VECTOR, false);
        byte[] among = new byte[sealed.length + 7];
        System.arraycopy(sealed, 0, among, 3, sealed.length);
        assertThat(sealing.code(among, 3, sealed.length, VECTOR, true)).isEqualTo("copy".getBytes(UTF_8));
    }

    @Test
    void noBitCanBeChanged() throws Exception {
        byte[] sealed = sealing.code(TEXT, 0, TEXT.length, VECTOR, false);
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertBroken(changed, VECTOR);
        }
    }

    @Test
    void norTheVector() throws Exception {
        byte[] sealed = sealing.code(TEXT, 0, TEXT.length, VECTOR, false);
        byte[] other = VECTOR.clone();
        other[5] = 1;
        assertBroken(sealed, other);
        assertBroken(sealed, new byte[15]);
        assertBroken(sealed, null);
    }

    @Test
    void norTheLength() throws Exception {
        byte[] sealed = sealing.code(TEXT, 0, TEXT.length, VECTOR, false);
        for (int length = 0; length < sealed.length; length++) {
            assertBroken(Arrays.copyOf(sealed, length), VECTOR);
        }
        assertBroken(Arrays.copyOf(sealed, sealed.length + 16), VECTOR);
    }

    @Test
    void anotherKeySealsOtherwise() throws Exception {
        EncryptThenMac other = sealing(1, 3);
        try (JChannel stranger = new JChannel(new SHARED_LOOPBACK(), other)) {
            byte[] sealed = other.code(TEXT, 0, TEXT.length, VECTOR, false);
            assertBroken(sealed, VECTOR);
        }
    }

    /**
     * Whether it is a message is said outside the seal; so what was sealed as a payload may come as
     * one.
     */
    @Test
    void aMessageInsideIsReadAsStrictlyAsOneOutside() throws Exception {
        Gadget.LIVES.set(0);
        ByteArray object = Util.messageToBuffer(new ObjectMessage(null, new Gadget()));
        assertThatThrownBy(() -> opened(object)).isInstanceOf(RefusedMessageException.class);
        assertThat(Gadget.LIVES).hasValue(0);
        ByteArray digest = Util.messageToBuffer(new ObjectMessage(null, new Digest(UUID.randomUUID(), 1, 2)));
        assertThat(opened(digest).<Object>getObject()).isInstanceOf(Digest.class);
    }

    private Message opened(ByteArray message) throws Exception {
        EncryptHeader header = new EncryptHeader((byte) 0, new byte[16], VECTOR).needsDeserialization(true);
        byte[] sealed = sealing.code(message.getArray(), message.getOffset(), message.getLength(), VECTOR, false);
        return sealing._decrypt(null, sealing.secretKey(), new BytesMessage(null, sealed), header);
    }

    private void assertBroken(byte[] sealed, byte[] vector) {
        assertThatThrownBy(() -> sealing.code(sealed, 0, sealed.length, vector, true))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("seal");
    }

    private static EncryptThenMac sealing(int encryptionKey, int sealKey) {
        byte[] one = new byte[32];
        byte[] two = new byte[32];
        one[0] = (byte) encryptionKey;
        two[0] = (byte) sealKey;
        return new EncryptThenMac(new SecretKeySpec(one, "AES"), new SecretKeySpec(two, "HmacSHA256"));
    }
}
