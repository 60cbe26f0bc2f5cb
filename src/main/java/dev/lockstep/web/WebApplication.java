package dev.lockstep.web;

import jakarta.servlet.ServletContext;
import java.util.Optional;

/** What tells one web application from another in a server. */
public final class WebApplication {

    private static final String ROOT = "/";

    private WebApplication() {}

    /**
     * The name of the web application whose application scope has begun.
     *
     * @param scope what the event of its beginning carries: in a web application the
     *     {@code ServletContext} (CDI 4.0, section 29.1.2)
     * @return empty where it is no web application's, or there is no Servlet at all
     */
    public static Optional<String> nameOf(Object scope) {
        try {
            return scope instanceof ServletContext context
                    ? Optional.of(name(context.getContextPath()))
                    : Optional.empty();
        } catch (NoClassDefFoundError e) {
            return Optional.empty();
        }
    }

    /**
     * The name of the application at a context path: the path itself, which is empty for the root.
     */
    public static String name(String contextPath) {
        return contextPath.isEmpty() ? ROOT : contextPath;
    }
}
