package dev.lockstep.schedules;

import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;

/**
 * Tries the schedules of one scenario, in a JVM of its own: Lincheck changes the classes of a JVM
 * for good.
 */
public final class OneRace {

    /** What this JVM ends with where a schedule broke what must hold; any other failure is 1. */
    static final int FOUND = 3;

    private OneRace() {}

    /** @param arguments the scenario's class, and how many schedules to try at most */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Runnable scenario =
                (Runnable) Class.forName(arguments[0]).getDeclaredConstructor().newInstance();
        try {
            Lincheck.runConcurrentTest(Integer.parseInt(arguments[1]), scenario);
        } catch (LincheckAssertionError e) {
            System.out.println(e.getMessage());
            System.exit(FOUND);
        }
        System.exit(0);
    }
}
