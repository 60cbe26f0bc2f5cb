package dev.lockstep.spi;

import dev.lockstep.SessionCopy;

/**
 * A rotation as the store made it.
 *
 * @param copy the session under its new digest
 * @param revoked the revocation of the old digest
 */
public record Rotated(SessionCopy copy, Revoked revoked) {}
