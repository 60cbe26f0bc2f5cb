package dev.lockstep.sim.weave;

import java.util.Locale;

/**
 * The points in the product between two steps whose order matters: a class, a method, and which end
 * of it. There a thread may be held, its process stopped or killed, or an {@link Error} be thrown.
 */
public enum Step {
    COMMITTED("revocation.Settlement", "settle", true),
    WAIT_BEGINS("revocation.LeaseWaits", "enter", true),
    WAIT_ENDS("revocation.LeaseWait", "keep", true),
    CLOCK_ENDS_WAITS("revocation.LeaseWaits", "elapse", true),
    NODE_ROWS_TO_BE_READ("revocation.NodeProgressPoller", "readFor", true),
    NODE_ROWS_READ("revocation.NodeProgressPoller", "readFor", false),
    TO_BE_CONFIRMED("revocation.Confirmation", "readFor", true),
    TO_BE_FENCED("revocation.Fencing", "fenceNow", true),
    TO_BE_ANNOUNCED("revocation.Announcements", "commit", true),
    GROUP_TAKEN("revocation.GroupCommit", "commitNext", true),
    PART_COMMITTED("revocation.PendingRevocation", "add", false),
    POLL_BEGINS("revocation.Feed", "poll", true),
    PAGE_READ("revocation.PolledPage", "vouchesFor", true),
    PAGE_TO_BE_APPLIED("revocation.CurrentFacts", "applyFromLog", true),
    LEASE_TO_BE_PUBLISHED("revocation.Facts", "grant", true),
    PROGRESS_TO_BE_WRITTEN("revocation.Feed", "acknowledge", true),
    LEASE_ENDED("revocation.Facts", "end", false),
    REGISTERED("revocation.Feed", "beginFrom", true),
    FACTS_TO_BE_INSTALLED("revocation.CurrentFacts", "install", true),
    PUSH_TO_BE_APPLIED("revocation.CurrentFacts", "apply", true),
    PUSH_APPLIED("revocation.CurrentFacts", "apply", false),
    FACTS_APPLIED("revocation.Facts", "apply", false),
    FLOOR_TO_BE_RAISED("revocation.Facts", "raiseFloor", true),
    TO_BE_FORGOTTEN("revocation.RevokedSet", "forgetOlder", true),
    LEASE_READ("revocation.RevokedSet", "contains", true),
    SET_READ("revocation.RevokedSet", "contains", false),
    FLOOR_READ("revocation.Facts", "reaches", false),
    LOAD_BEGINS("session.SessionLookup", "loadAndKeep", true),
    LOADED("session.SessionLookup", "loadAndKeep", false),
    LOAD_JOINED("session.SingleFlight$Load", "await", false),
    CACHE_TO_BE_FILLED("session.SessionLookup", "keep", true),
    COPY_TO_BE_PUT("session.LayeredCache", "putNear", true),
    COPY_DENIED("session.LayeredCache", "deny", true),
    DENIAL_TO_BE_LIFTED("session.NegativeCache", "lift", true),
    USES_RECORDED("session.UsageRecorder", "isRecorded", false),
    TO_BE_SWEPT("session.Sweeper", "sweep", true),
    TO_BE_TRIMMED("revocation.Trimmer", "trim", true),
    KEY_READ("key.ApplicationKey", "learn", true),
    KEY_HEARD_OF("key.ApplicationKey", "hear", true),
    NODE_CLOSES("revocation.RevocationNode", "close", true),
    MESSAGE_RECEIVED("channel.AuthenticatedMessages", "received", true);

    final String type;
    final String method;
    final boolean atEntry;

    Step(String type, String method, boolean atEntry) {
        this.type = "dev.lockstep." + type;
        this.method = method;
        this.atEntry = atEntry;
    }

    /** As tables show it. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
