package dev.lockstep.sim.fault;

import java.util.Locale;

/** What can go wrong. */
public enum FaultKind {
    // at a step of the product
    THREAD_HELD(Where.STEP),
    PROCESS_STOPPED(Where.STEP),
    MACHINE_SUSPENDED(Where.STEP),
    PROCESS_KILLED(Where.STEP),
    ERROR_THROWN(Where.STEP),
    // to a call of the store
    BROKEN_BEFORE(Where.CALL),
    BROKEN_AFTER(Where.CALL),
    REQUEST_LOST(Where.CALL),
    REPLY_LOST(Where.CALL),
    REQUEST_LATE(Where.CALL),
    REPLY_LATE(Where.CALL),
    REFUSED(Where.CALL),
    // to the store, while calls are under way
    STORE_CRASH(Where.STORE),
    STORE_STOP(Where.STORE),
    STORE_FAILOVER(Where.STORE),
    STANDBY_BEHIND(Where.STORE),
    STORE_RESTORE(Where.STORE),
    STORE_CLOCK(Where.STORE),
    NEW_EPOCH(Where.STORE),
    CUT_OFF(Where.STORE),
    FALSE_FENCE(Where.STORE),
    EARLY_TRIM(Where.STORE),
    DELETED_BY_HAND(Where.STORE),
    KEY_CHANGE(Where.STORE),
    KEY_LEAK(Where.STORE),
    WALL_CLOCK(Where.STORE),
    REDEPLOYMENT(Where.STORE),
    // to a message of the channel
    MESSAGE_LOST(Where.MESSAGE),
    MESSAGE_REPEATED(Where.MESSAGE),
    MESSAGE_LATE(Where.MESSAGE),
    MESSAGE_OLD(Where.MESSAGE),
    MESSAGE_CHANGED(Where.MESSAGE),
    MESSAGE_ECHOED(Where.MESSAGE),
    // to an operation of the cache
    COPY_OLD(Where.CACHE),
    COPY_FOREIGN(Where.CACHE),
    COPY_FORGED(Where.CACHE),
    COPY_KEPT(Where.CACHE),
    CACHE_FAILING(Where.CACHE),
    CACHE_LATE(Where.CACHE);

    /** What it strikes. */
    public enum Where {
        STEP,
        CALL,
        STORE,
        MESSAGE,
        CACHE
    }

    private final Where where;

    FaultKind(Where where) {
        this.where = where;
    }

    public Where where() {
        return where;
    }

    /** As tables show it. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
