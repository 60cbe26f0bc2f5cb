package dev.lockstep.chaos.backend;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the cache under test, or the channel, needs outside of the nodes. Its harms come one at a
 * time.
 */
public interface Backend extends AutoCloseable {

    /** The settings for one node, without their prefix. */
    Map<String, String> settings(int node);

    /** What can happen to it. */
    List<Harm> harms();

    /**
     * Opens what it keeps, for who can write to it; empty where that takes more than the test has.
     */
    default Optional<Entries> entries() throws Exception {
        return Optional.empty();
    }

    @Override
    void close();
}
