package dev.lockstep.chaos.backend;

import java.util.List;
import java.util.Map;

/** For a cache that lives in the nodes alone. */
record NoBackend() implements Backend {

    @Override
    public Map<String, String> settings(int node) {
        return Map.of();
    }

    @Override
    public List<Harm> harms() {
        return List.of();
    }

    @Override
    public void close() {}
}
