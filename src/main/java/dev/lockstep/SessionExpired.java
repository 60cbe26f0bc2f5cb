package dev.lockstep;

/**
 * CDI event: a session passed one of its timeouts and was deleted. Fired on one node, some time
 * after the timeout, outside any request.
 *
 * @param session the session as it was
 */
public record SessionExpired(Session session) {}
