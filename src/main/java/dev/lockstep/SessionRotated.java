package dev.lockstep;

/**
 * CDI event: a session has a new token. Fired on the node that rotated it.
 *
 * @param session the session, unchanged but for its token
 */
public record SessionRotated(Session session) {}
