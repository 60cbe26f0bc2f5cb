package dev.lockstep.config;

import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Tells what an application has to bring itself on a server that is no Jakarta EE server, by the
 * coordinates of something that is known to work. Knows none of it when it is loaded. Stateless.
 */
public final class MissingParts {

    private static final String CDI = "jakarta.enterprise.inject.spi.CDI";
    private static final String JSON = "jakarta.json.spi.JsonProvider";

    private MissingParts() {}

    /**
     * What is missing, for people.
     *
     * @param application sees what the application sees
     */
    public static Optional<String> problem(ClassLoader application) {
        Map<String, String> missing = new LinkedHashMap<>();
        use(missing, "CDI (org.jboss.weld.servlet:weld-servlet-shaded)", () -> Class.forName(CDI, false, application));
        // no method reference: it would need the class before it is used
        use(missing, "MicroProfile Config (io.smallrye.config:smallrye-config)", () -> ConfigProvider.getConfig());
        use(
                missing,
                "Jakarta JSON Processing (org.eclipse.parsson:parsson)",
                () -> Class.forName(JSON, true, application)
                        .getMethod("provider")
                        .invoke(null));
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("LOCKSTEP-0015 Neither the server nor the application has "
                        + String.join(", nor ", missing.keySet())
                        + ". Add what is named in parentheses, with all that it depends on, to the application's"
                        + " dependencies, so that it is in WEB-INF/lib. What failed: "
                        + String.join("; ", missing.values()) + ".");
    }

    /**
     * Notes a part that can't be used, and why. That may be another than its absence: a library
     * that it needs is there in a version that is too old, or what it calls of the application
     * throws.
     */
    private static void use(Map<String, String> missing, String name, Part part) {
        try {
            part.use();
        } catch (InvocationTargetException e) {
            missing.put(name, String.valueOf(e.getCause()));
        } catch (Exception | LinkageError | ServiceConfigurationError e) {
            missing.put(name, e.toString());
        }
    }

    /** What fails where something is missing. */
    private interface Part {
        Object use() throws Exception;
    }
}
