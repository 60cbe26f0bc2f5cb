package dev.lockstep.chaos.agent;

/**
 * The places in the product where a race could bite, each between two steps whose order the
 * protocol depends on: a class, a method, and which end of it. Each waits in some of a hundred
 * passes, for up to so many milliseconds.
 */
public enum DelayPoint {
    AFTER_COMMIT_BEFORE_OWN_FACTS("dev.lockstep.revocation.Settlement", "settle", true, 10, 40),
    AFTER_OWN_FACTS_BEFORE_WAITING("dev.lockstep.revocation.LeaseWaits", "enter", true, 10, 40),
    BEFORE_READING_NODE_ROWS("dev.lockstep.revocation.NodeProgressPoller", "readFor", true, 10, 60),
    AFTER_READING_NODE_ROWS("dev.lockstep.store.jdbc.JdbcStore", "nodesAmong", false, 10, 60),
    BEFORE_FENCING("dev.lockstep.revocation.Fencing", "fenceNow", true, 30, 500),
    AFTER_NOTING_START_OF_POLL("dev.lockstep.store.jdbc.JdbcStore", "poll", true, 10, 60),
    AFTER_READING_LOG("dev.lockstep.store.jdbc.JdbcStore", "poll", false, 10, 100),
    BEFORE_APPLYING_LOG("dev.lockstep.revocation.CurrentFacts", "applyFromLog", true, 50, 500),
    BEFORE_PUBLISHING_LEASE("dev.lockstep.revocation.Facts", "grant", true, 20, 80),
    BEFORE_WRITING_APPLIED("dev.lockstep.store.jdbc.JdbcStore", "acknowledge", true, 10, 100),
    AFTER_ENDING_LEASE("dev.lockstep.revocation.Facts", "end", false, 50, 30),
    BEFORE_REMOVING_NODE_ROWS("dev.lockstep.store.jdbc.JdbcStore", "remove", true, 20, 60),
    AFTER_REGISTERING("dev.lockstep.store.jdbc.JdbcStore", "register", false, 50, 60),
    BEFORE_INSTALLING_FACTS("dev.lockstep.revocation.CurrentFacts", "install", true, 30, 60),
    BEFORE_APPLYING_PUSH("dev.lockstep.revocation.CurrentFacts", "apply", true, 20, 60),
    BEFORE_ACKNOWLEDGING_PUSH("dev.lockstep.revocation.CurrentFacts", "apply", false, 20, 60),
    AFTER_APPLYING("dev.lockstep.revocation.Facts", "apply", false, 10, 40),
    BEFORE_RAISING_FLOOR("dev.lockstep.revocation.Facts", "raiseFloor", true, 60, 200),
    BEFORE_FORGETTING("dev.lockstep.revocation.RevokedSet", "forgetOlder", true, 40, 80),
    BETWEEN_LEASE_AND_SET("dev.lockstep.revocation.RevokedSet", "contains", true, 8, 120),
    BETWEEN_SET_AND_FLOOR("dev.lockstep.revocation.RevokedSet", "contains", false, 2, 60),
    BEFORE_LOADING("dev.lockstep.session.SessionLookup", "loadAndKeep", true, 2, 60),
    AFTER_LOADING("dev.lockstep.store.jdbc.JdbcStore", "find", false, 3, 120),
    LONG_AFTER_LOADING("dev.lockstep.store.jdbc.JdbcStore", "find", false, 1, 8_000),
    BEFORE_FILLING_CACHE("dev.lockstep.session.SessionLookup", "keep", true, 3, 60),
    AFTER_JOINING_A_LOAD("dev.lockstep.session.SingleFlight$Load", "await", false, 5, 60);

    final String type;
    final String method;
    final boolean atEntry;
    private final int percent;
    private final int millis;

    DelayPoint(String type, String method, boolean atEntry, int percent, int millis) {
        this.type = type;
        this.method = method;
        this.atEntry = atEntry;
        this.percent = percent;
        this.millis = millis;
    }

    Aim.Delay usual() {
        return new Aim.Delay(percent, millis);
    }
}
