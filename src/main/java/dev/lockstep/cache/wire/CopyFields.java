package dev.lockstep.cache.wire;

import static dev.lockstep.cache.wire.ProtobufSchema.BYTES;
import static dev.lockstep.cache.wire.ProtobufSchema.FIXED64;
import static dev.lockstep.cache.wire.ProtobufSchema.VARINT;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.infinispan.protostream.TagReader;
import org.infinispan.protostream.descriptors.WireType;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a copy so far. Confined to one read. A group or name that comes twice makes the
 * copy unreadable, and so do more groups or attributes than {@value #MOST}. Few of them are in the
 * sets and maps as which {@link Session} keeps them, so that it need not copy them again; more are
 * in hash tables, which nobody makes slow by a choice of names.
 *
 * <p>Numbers and texts have a method each, since one for all is too large for HotSpot to inline
 * (docs/performance.md).
 */
final class CopyFields implements ProtobufSchema.Fields {

    /** The bundled stores keep 100,000 characters, six for each of so many. */
    static final int MOST = 16_384;

    private static final int FEW = 32;

    private int format;
    private long digestA;
    private long digestB;
    private long digestC;
    private long digestD;
    private long epoch;
    private @Nullable String id;
    private @Nullable String principal;
    private @Nullable List<String> groups;
    private @Nullable List<String> names;
    private @Nullable List<String> values;
    private long createdAt;
    private long lastSeenAt;
    private long expiresAt;
    private long idleTimeout;
    private long position = -1;

    @Override
    public boolean read(int tag, TagReader reader) throws IOException {
        return WireType.getTagWireType(tag) == BYTES ? readText(tag, reader) : readNumber(tag, reader);
    }

    private boolean readNumber(int tag, TagReader reader) throws IOException {
        switch (tag) {
            case 1 << 3 | VARINT -> format = reader.readUInt32();
            case 2 << 3 | FIXED64 -> digestA = reader.readFixed64();
            case 3 << 3 | FIXED64 -> digestB = reader.readFixed64();
            case 4 << 3 | FIXED64 -> digestC = reader.readFixed64();
            case 5 << 3 | FIXED64 -> digestD = reader.readFixed64();
            case 6 << 3 | FIXED64 -> epoch = reader.readSFixed64();
            case 12 << 3 | VARINT -> createdAt = reader.readInt64();
            case 13 << 3 | VARINT -> lastSeenAt = reader.readInt64();
            case 14 << 3 | VARINT -> expiresAt = reader.readInt64();
            case 15 << 3 | VARINT -> idleTimeout = reader.readInt64();
            case 16 << 3 | VARINT -> position = reader.readInt64();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean readText(int tag, TagReader reader) throws IOException {
        switch (tag) {
            case 7 << 3 | BYTES -> id = reader.readString();
            case 8 << 3 | BYTES -> principal = reader.readString();
            case 9 << 3 | BYTES -> groups = add(groups, reader.readString());
            case 10 << 3 | BYTES -> names = add(names, reader.readString());
            case 11 << 3 | BYTES -> values = add(values, reader.readString());
            default -> {
                return false;
            }
        }
        return true;
    }

    /**
     * The copy, if all of it was there. The position is written last, so that a copy cut short
     * lacks it.
     */
    SessionCopy toCopy() throws IOException {
        if (format != ProtobufSchema.FORMAT || id == null || principal == null || position < 0 || idleTimeout <= 0) {
            throw new IOException("Incomplete, or of another format");
        }
        TokenDigest digest = new TokenDigest(digestA, digestB, digestC, digestD);
        return new SessionCopy(digest, toSession(id, principal), epoch, position);
    }

    private Session toSession(String id, String principal) throws IOException {
        return Session.ofMillis(id, principal, groups(), attributes(), createdAt, lastSeenAt, expiresAt, idleTimeout);
    }

    private Set<String> groups() throws IOException {
        if (groups == null) {
            return Set.of();
        }
        if (groups.size() <= FEW) {
            return Set.of(groups.toArray(String[]::new));
        }
        Set<String> all = new HashSet<>(groups);
        requireDistinct(all.size(), groups);
        return all;
    }

    private Map<String, String> attributes() throws IOException {
        if (names == null && values == null) {
            return Map.of();
        }
        if (names == null || values == null || names.size() != values.size()) {
            throw new IOException("Names without values");
        }
        return names.size() <= FEW ? few(names, values) : many(names, values);
    }

    private static Map<String, String> few(List<String> names, List<String> values) {
        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        Map.Entry<String, String>[] entries = new Map.Entry[names.size()];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = Map.entry(names.get(i), values.get(i));
        }
        return Map.ofEntries(entries);
    }

    private static Map<String, String> many(List<String> names, List<String> values) throws IOException {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            all.put(names.get(i), values.get(i));
        }
        requireDistinct(all.size(), names);
        return all;
    }

    private static void requireDistinct(int distinct, List<String> texts) throws IOException {
        if (distinct != texts.size()) {
            throw new IOException("A name twice");
        }
    }

    private static List<String> add(@Nullable List<String> texts, String text) throws IOException {
        List<String> all = texts == null ? new ArrayList<>(4) : texts;
        if (all.size() == MOST) {
            throw new IOException("Too many");
        }
        all.add(text);
        return all;
    }
}
