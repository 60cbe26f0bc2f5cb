package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.backend.Harm;
import java.util.Set;

/** Something that happens to what the cache under test keeps its copies in, or the channel. */
record BackendHarm(Harm harm) implements Fault {

    @Override
    public String kind() {
        return harm.kind();
    }

    @Override
    public boolean strikesNode() {
        return false;
    }

    @Override
    public Set<String> holds(int node) {
        return Set.of("backend");
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        harm.happen(chance.between(harm.shortest(), harm.longest()));
    }
}
