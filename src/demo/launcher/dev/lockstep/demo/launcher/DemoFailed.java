package dev.lockstep.demo.launcher;

/** The demo can't go on. The message is all that a person needs, so there is no stack trace. */
final class DemoFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoFailed(String message) {
        super(message, null, false, false);
    }
}
