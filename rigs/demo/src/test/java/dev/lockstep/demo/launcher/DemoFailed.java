package dev.lockstep.demo.launcher;

/** The demo can't go on. The message says why to a person, so there is no stack trace. */
final class DemoFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String log;

    DemoFailed(String message) {
        this(message, "");
    }

    /** @param log what a node's log says last */
    DemoFailed(String message, String log) {
        super("demo: failed: " + message, null, false, false);
        this.log = log;
    }

    String log() {
        return log;
    }
}
