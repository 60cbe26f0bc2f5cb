package dev.lockstep.redaction;

/** What lies under the wrappings of a failure. Stateless. */
public final class RootCause {

    private RootCause() {}

    /**
     * The innermost cause that has a message, or the innermost: what it is and what it says,
     * without passwords.
     */
    public static String of(Throwable failure) {
        Throwable root = failure;
        Throwable told = failure;
        while (root.getCause() != null) {
            root = root.getCause();
            told = root.getMessage() == null ? told : root;
        }
        return Redaction.text((told.getMessage() == null ? root : told).toString());
    }
}
