package dev.lockstep.sim.net;

import dev.lockstep.TokenDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is outside of all nodes: the bytes that they last put, and all that anybody ever put. */
public final class SharedCopies {

    private static final int MOST_OLD = 6;

    private final Map<TokenDigest, byte[]> present = new LinkedHashMap<>();
    private final Map<TokenDigest, List<byte[]>> old = new LinkedHashMap<>();
    private byte @Nullable [] anothers;

    byte @Nullable [] get(TokenDigest digest) {
        return present.get(digest);
    }

    List<byte[]> old(TokenDigest digest) {
        return old.getOrDefault(digest, List.of());
    }

    /** Those of another token. */
    byte @Nullable [] anothers() {
        return anothers;
    }

    void put(TokenDigest digest, byte[] bytes) {
        present.put(digest, bytes);
        List<byte[]> kept = old.computeIfAbsent(digest, of -> new ArrayList<>());
        kept.add(bytes);
        if (kept.size() > MOST_OLD) {
            kept.remove(1);
        }
        anothers = bytes;
    }

    void remove(TokenDigest digest) {
        present.remove(digest);
    }

    void clear() {
        present.clear();
    }
}
