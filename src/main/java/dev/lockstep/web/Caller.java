package dev.lockstep.web;

import dev.lockstep.Session;
import dev.lockstep.SessionToken;

/**
 * Who makes a request.
 *
 * @param session as it was found for this request
 * @param token which the request presented
 */
public record Caller(Session session, SessionToken token) {}
