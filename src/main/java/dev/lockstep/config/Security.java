package dev.lockstep.config;

/** Who asks for the caller of a request. */
public enum Security {
    /** The filter, before anything of the application; no container learns of the groups. */
    FILTER,
    /** The container, by Jakarta Security, before any filter: it knows name and groups, too. */
    CONTAINER
}
