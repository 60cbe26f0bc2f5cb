package dev.lockstep.chaos.backend;

import dev.lockstep.TokenDigest;
import java.util.List;
import java.util.function.Consumer;

/** What a backend keeps for the nodes, for who reads and writes it past the product. */
public interface Entries extends AutoCloseable {

    /**
     * Some of the entries that there are.
     *
     * @param most how many at most
     * @param contents is given what each holds
     */
    List<TokenDigest> some(int most, Consumer<byte[]> contents) throws Exception;

    /** Puts something in the place of an entry, or where there was none. */
    void put(TokenDigest digest, byte[] bytes) throws Exception;
}
