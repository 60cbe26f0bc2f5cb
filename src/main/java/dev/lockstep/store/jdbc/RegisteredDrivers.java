package dev.lockstep.store.jdbc;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;

/**
 * The JDBC drivers of an application that the JVM remembers. A driver in {@code WEB-INF/lib}
 * registers itself with {@link DriverManager} when its class is first used, and is kept there with
 * the class loader of the application, when that is long gone.
 */
public final class RegisteredDrivers {

    private static final Logger LOG = System.getLogger(RegisteredDrivers.class.getName());

    private final ClassLoader application;

    /** @param application whose drivers these are; the JVM's own keeps its drivers */
    public RegisteredDrivers(ClassLoader application) {
        this.application = application;
    }

    public void forget() {
        if (application != ClassLoader.getSystemClassLoader()) {
            for (Driver driver : Collections.list(DriverManager.getDrivers())) {
                if (driver.getClass().getClassLoader() == application) {
                    forget(driver);
                }
            }
        }
    }

    private static void forget(Driver driver) {
        try {
            DriverManager.deregisterDriver(driver);
        } catch (SQLException | SecurityException e) {
            LOG.log(Level.DEBUG, "The class loader of the application may stay in memory.", e);
        }
    }
}
