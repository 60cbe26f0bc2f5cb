package dev.lockstep.chaos.node;

/** Whether the caches of this node are poisoned at the moment. */
final class Poison {

    private static volatile boolean on;

    private Poison() {}

    static void set(boolean value) {
        on = value;
    }

    static boolean isOn() {
        return on;
    }
}
