package dev.lockstep.cache.infinispan;

import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jgroups.BytesMessage;
import org.jgroups.EmptyMessage;
import org.jgroups.Header;
import org.jgroups.LongMessage;
import org.jgroups.Message;
import org.jgroups.ObjectMessage;
import org.jgroups.blocks.RequestCorrelator;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.EncryptHeader;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.protocols.FORK;
import org.jgroups.protocols.FailureDetection;
import org.jgroups.protocols.FcHeader;
import org.jgroups.protocols.FragHeader;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.PingHeader;
import org.jgroups.protocols.TpHeader;
import org.jgroups.protocols.UnicastHeader3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NakAckHeader2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.util.Digest;
import org.jgroups.util.MutableDigest;
import org.jgroups.util.SeqnoList;
import org.jgroups.util.SizeStreamable;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Reads JGroups messages as {@code BaseMessage} writes them, but only of the kinds, with the
 * headers and with the objects that the protocols of {@link Stacks} and Infinispan send. JGroups
 * itself would let the sender choose: an {@code ObjectMessage}, or the flag {@code SERIALIZED}, has
 * Java deserialize what follows, and an {@code AuthHeader} names a class to instantiate. Anybody
 * who reaches the port can send those, since all this comes before decryption and membership.
 *
 * <p>What is refused throws a {@link RefusedMessageException} before its content is read. Messages
 * that contain messages (batches, composites, fragments of objects) are refused, too: none of these
 * protocols sends them. Of the headers and objects, {@code EncryptHeader} and {@code SeqnoList}
 * alone allocate what an {@code int} of the sender's says, and no {@code int} of theirs means
 * anything else; so they read {@link BoundedInput}. What the others allocate has a length of two
 * bytes at most. A {@code FragHeader} says how many parts the receiver makes room for.
 *
 * <p>Stateless.
 */
final class KnownMessages {

    /** Larger than any message: FRAG4 cuts what is larger than 60,000 bytes. */
    static final int MAX_BYTES = 1 << 20;

    /** Of one message: a gigabyte, far more than any has. */
    static final int MAX_PARTS = 1 << 14;

    private static final int MAX_BITS = Byte.SIZE * MAX_BYTES;

    private static final byte HAS_DESTINATION = 1;
    private static final byte HAS_SOURCE = 1 << 1;

    private static final Set<Class<? extends Header>> HEADERS = Set.of(
            TpHeader.class,
            EncryptHeader.class,
            PingHeader.class,
            MERGE3.MergeHeader.class,
            FD_SOCK2.FdHeader.class,
            FailureDetection.HeartbeatHeader.class,
            VERIFY_SUSPECT2.VerifyHeader.class,
            NakAckHeader2.class,
            UnicastHeader3.class,
            STABLE.StableHeader.class,
            GMS.GmsHeader.class,
            FcHeader.class,
            FragHeader.class,
            FORK.ForkHeader.class,
            RequestCorrelator.Header.class); // of Infinispan itself

    private static final Set<Class<? extends SizeStreamable>> OBJECTS =
            Set.of(Digest.class, MutableDigest.class, SeqnoList.class);

    private KnownMessages() {}

    /** Reads the kind of a message and the message. */
    static Message read(DataInput in) throws IOException {
        Message message = empty(in.readShort());
        readAround(in, message);
        if (message instanceof BytesMessage bytes) {
            readArray(in, bytes);
        } else if (message instanceof ObjectMessage object) {
            object.setObject(readObject(in));
        } else {
            call(() -> message.readPayload(in));
        }
        return message;
    }

    /** Reads the kind of a message and the message from an array that holds nothing else. */
    static Message read(byte[] array) throws IOException {
        return read(input(array, 0, array.length));
    }

    /**
     * Refuses a message without a payload, of which the kind is not written, as {@link #read}
     * would.
     */
    static void checkEmpty(byte[] array) throws IOException {
        readAround(input(array, 0, array.length), new EmptyMessage());
    }

    /** Reads messages that come together, in their order. */
    static List<Message> readAll(DataInput in) throws IOException {
        int expected = in.readInt();
        List<Message> messages = new ArrayList<>();
        while (messages.size() < expected) {
            messages.add(read(in));
        }
        return messages;
    }

    /** Reads an array of a given length. */
    static byte[] readBytes(DataInput in, int length) throws IOException {
        if (length < 0 || length > MAX_BYTES) {
            throw new RefusedMessageException("a message of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    static DataInput input(byte[] array, int offset, int length) {
        return new DataInputStream(new ByteArrayInputStream(array, offset, length));
    }

    private static Message empty(short kind) throws IOException {
        return switch (kind) {
            case Message.BYTES_MSG -> new BytesMessage();
            case Message.EMPTY_MSG -> new EmptyMessage();
            case Message.LONG_MSG -> new LongMessage();
            case Message.OBJ_MSG -> new ObjectMessage();
            default -> throw new RefusedMessageException("a message of kind " + kind);
        };
    }

    /** All but the payload. */
    private static void readAround(DataInput in, Message message) throws IOException {
        byte present = in.readByte();
        message.setFlag(in.readShort(), false);
        if (message.isFlagSet(Message.Flag.SERIALIZED)) {
            throw new RefusedMessageException("a message with a serialized object");
        }
        if ((present & HAS_DESTINATION) != 0) {
            message.setDest(call(() -> Util.readAddress(in)));
        }
        if ((present & HAS_SOURCE) != 0) {
            message.setSrc(call(() -> Util.readAddress(in)));
        }
        readHeaders(in, message);
    }

    private static void readHeaders(DataInput in, Message message) throws IOException {
        for (int left = in.readShort(); left > 0; left--) {
            short protocol = in.readShort();
            Header header = known(in.readShort(), HEADERS, Header.class);
            call(() -> header.readFrom(header instanceof EncryptHeader ? new BoundedInput(in, MAX_BYTES) : in));
            if (header instanceof FragHeader part && (part.num_frags < 0 || part.num_frags > MAX_PARTS)) {
                throw new RefusedMessageException("a message of " + part.num_frags + " parts");
            }
            message.putHeader(protocol, header);
        }
    }

    private static void readArray(DataInput in, BytesMessage message) throws IOException {
        int length = in.readInt();
        if (length >= 0) {
            message.setArray(readBytes(in, length), 0, length);
        }
    }

    private static @Nullable SizeStreamable readObject(DataInput in) throws IOException {
        if (in.readByte() == 0) {
            return null;
        }
        SizeStreamable object = known(in.readShort(), OBJECTS, SizeStreamable.class);
        call(() -> object.readFrom(object instanceof SeqnoList ? new BoundedInput(in, MAX_BITS) : in));
        return object;
    }

    /**
     * An instance to be filled, of one of these classes. A number below zero would stand for a
     * class's name.
     */
    private static <T> T known(short number, Set<Class<? extends T>> classes, Class<T> kind) throws IOException {
        for (Class<? extends T> known : classes) {
            if (ClassConfigurator.getMagicNumber(known) == number) {
                return kind.cast(call(() -> ClassConfigurator.<T>create(number)));
            }
        }
        throw new RefusedMessageException("a message with a class of number " + number);
    }

    private static void call(Reading reading) throws IOException {
        var unused = call(() -> {
            reading.read();
            return reading;
        });
    }

    private static <T> T call(Making<T> making) throws IOException {
        try {
            return making.make();
        } catch (EOFException | ClassNotFoundException | RuntimeException | Error e) {
            throw new RefusedMessageException("a message that can't be read", e);
        }
    }

    private interface Reading {
        void read() throws IOException, ClassNotFoundException;
    }

    private interface Making<T> {
        T make() throws IOException, ClassNotFoundException;
    }
}
