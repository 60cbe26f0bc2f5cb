package dev.lockstep.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        List<String> missing = new ArrayList<>();
        if (!isThere(() -> Class.forName(CDI, false, application))) {
            missing.add("CDI (org.jboss.weld.servlet:weld-servlet-shaded)");
        }
        // no method reference: it would need the class before it is used
        if (!isThere(() -> ConfigProvider.getConfig())) {
            missing.add("MicroProfile Config (io.smallrye.config:smallrye-config)");
        }
        if (!isThere(() ->
                Class.forName(JSON, true, application).getMethod("provider").invoke(null))) {
            missing.add("Jakarta JSON Processing (org.eclipse.parsson:parsson)");
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "LOCKSTEP-0015 Neither the server nor the application has " + String.join(", nor ", missing)
                                + ". Add what is named in parentheses, with all that it depends on, to the application's"
                                + " dependencies, so that it is in WEB-INF/lib.");
    }

    /** Not where the classes are there, but nothing that implements them. */
    private static boolean isThere(Part part) {
        try {
            part.use();
            return true;
        } catch (Exception | LinkageError e) {
            return false;
        }
    }

    /** What fails where something is missing. */
    private interface Part {
        Object use() throws Exception;
    }
}
