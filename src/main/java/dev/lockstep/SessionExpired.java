package dev.lockstep;

/**
 * CDI event: a session outlived one of its timeouts and was deleted. Fired on one node, some time after the timeout,
 * outside of any request.
 *
 * @param session the session as it was
 */
public record SessionExpired(Session session) {}
