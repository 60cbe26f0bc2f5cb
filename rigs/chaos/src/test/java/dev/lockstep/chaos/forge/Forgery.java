package dev.lockstep.chaos.forge;

/** What is put in the place of an honest entry of a cache. */
enum Forgery {
    /** A copy without a seal, as the release before there were seals kept it. */
    UNSEALED,
    /** One that was sealed by the forger's own key, and names that of the application. */
    OWN_KEY,
    /** The same, for another application, whose key has another number. */
    OTHER_APPLICATION,
    /** An honest entry of another token. */
    OTHER_TOKEN,
    /** An honest entry that names another version of the key. */
    OTHER_VERSION,
    /** An honest entry that names the process which sealed another one. */
    OTHER_PROCESS,
    /** The beginning of an honest entry. */
    TRUNCATED,
    /** An honest entry of which one bit was changed. */
    CHANGED
}
