package dev.lockstep.chaos.backend;

import java.util.List;
import java.util.Map;

/**
 * What the cache under test, or the channel, needs outside of the nodes. Its harms come one at a
 * time.
 */
public interface Backend extends AutoCloseable {

    /** The settings for one node, without their prefix. */
    Map<String, String> settings(int node);

    /** What can happen to it. */
    List<Harm> harms();

    @Override
    void close();
}
