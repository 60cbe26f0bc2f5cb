package dev.lockstep.web.probe;

/**
 * A server on the loopback address with the probe deployed, and a way to its sessions past the
 * filter.
 */
public interface Site {

    int port();

    /** The context path: empty, or with a leading slash. */
    String context();

    /** Whether a token counts on paths that are not protected as well. */
    boolean knowsTheCallerEverywhere();

    /** Opens a session and gives its token. */
    String open(String principal, String... groups);

    void revoke(String token);

    /** Has the server ask the store about each session that it is asked for next. */
    void forget();

    /** Runs this while the store cannot be asked about any token. */
    void withoutStore(Runnable action);
}
