package dev.lockstep.chaos.node;

/** Whether the caches of this node are poisoned at the moment, or forge. */
final class Poison {

    private static volatile boolean on;
    private static volatile boolean forging;

    private Poison() {}

    static void set(boolean value) {
        on = value;
    }

    static boolean isOn() {
        return on;
    }

    static void setForging(boolean value) {
        forging = value;
    }

    static boolean isForging() {
        return forging;
    }
}
