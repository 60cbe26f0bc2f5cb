package dev.lockstep.cdi;

import java.security.CodeSource;
import java.util.Optional;

/**
 * How the application was packed: an EAR is refused, whose modules would see only a part of their
 * configuration.
 */
final class Packaging {

    private static final String LIBRARIES_OF_WAR = "WEB-INF/";

    private Packaging() {}

    /**
     * What is wrong with it, if anything; may not be known yet while the application's names are
     * not in JNDI.
     */
    static Optional<String> problem() {
        return isInEar(
                        location(),
                        Container.lookup("java:app/AppName", String.class),
                        Container.lookup("java:module/ModuleName", String.class))
                ? Optional.of("LOCKSTEP-0013 Lockstep is in an EAR (" + location() + "), which is not supported: its"
                        + " configuration would reach no module as a whole. Deploy the WAR by itself, with Lockstep in"
                        + " WEB-INF/lib.")
                : Optional.empty();
    }

    /**
     * WildFly and Open Liberty keep the archive's name in the location of what is in it. Payara
     * unpacks a WAR of an EAR into a folder of its own, {@code shop_war}, and the EAR's libraries
     * beside it; there the names of application and module tell an EAR from a WAR by itself, whose
     * application and module are one, unless it renames its module.
     *
     * @param location of the jar or the classes
     */
    static boolean isInEar(String location, Optional<String> application, Optional<String> module) {
        boolean twoNames = application.isPresent() && module.isPresent() && !application.equals(module);
        return location.contains(".ear/")
                || location.contains(".ear!/")
                || (twoNames
                        && (location.contains("_war/" + LIBRARIES_OF_WAR) || !location.contains(LIBRARIES_OF_WAR)));
    }

    /** Where the jar or its classes are. */
    static String location() {
        CodeSource source = Packaging.class.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? ""
                : source.getLocation().toString();
    }
}
