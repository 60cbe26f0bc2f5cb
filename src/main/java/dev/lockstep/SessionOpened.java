package dev.lockstep;

/**
 * CDI event: a session was opened. Fired on the node that opened it, before its token is handed
 * out.
 *
 * @param session the new session
 */
public record SessionOpened(Session session) {}
