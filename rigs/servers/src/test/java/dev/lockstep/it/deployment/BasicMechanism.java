package dev.lockstep.it.deployment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.authentication.mechanism.http.BasicAuthenticationMechanismDefinition;

/** Asks the server for a mechanism, beside Lockstep's. */
@ApplicationScoped
@BasicAuthenticationMechanismDefinition(realmName = "own")
public class BasicMechanism {}
