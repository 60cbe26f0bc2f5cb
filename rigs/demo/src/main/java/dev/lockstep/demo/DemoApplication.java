package dev.lockstep.demo;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Puts the resources of this package under {@code /api}. */
@ApplicationPath("/api")
public class DemoApplication extends Application {}
