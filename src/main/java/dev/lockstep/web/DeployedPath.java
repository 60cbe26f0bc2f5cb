package dev.lockstep.web;

import jakarta.servlet.ServletContext;
import java.util.Optional;

/** Tells a web application's context path from what CDI announces when its application scope begins. */
public final class DeployedPath {

    private static final String ROOT = "/";

    private DeployedPath() {}

    /**
     * The context path, {@code /} for the root; empty for anything but a web application, also where there is no
     * Servlet API.
     */
    public static Optional<String> of(Object initialized) {
        try {
            return contextPath(initialized);
        } catch (NoClassDefFoundError e) {
            return Optional.empty();
        }
    }

    private static Optional<String> contextPath(Object initialized) {
        return initialized instanceof ServletContext context
                ? Optional.of(context.getContextPath().isEmpty() ? ROOT : context.getContextPath())
                : Optional.empty();
    }
}
