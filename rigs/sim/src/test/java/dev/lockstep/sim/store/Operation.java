package dev.lockstep.sim.store;

import java.util.Locale;

/** What a node asks the store for. */
public enum Operation {
    OPEN,
    FIND,
    LIST,
    TOUCH,
    REVOKE,
    ROTATE,
    ANNOUNCE,
    SWEEP,
    REGISTER,
    POLL,
    ACKNOWLEDGE,
    READ_NODES,
    FENCE,
    REMOVE,
    TRIM,
    START_EPOCH,
    READ_KEY,
    REPLACE_KEY;

    /** As tables show it. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
