package dev.lockstep.it.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Path;

/** Says nothing itself of who may call it. */
@Path("inherited")
@RequestScoped
public class InheritingResource extends ReportsBase {}
