package dev.lockstep.cdi;

import dev.lockstep.store.jdbc.DriverOfApplication;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Registers itself when it is loaded, as drivers do, and knows no database. */
public final class RegisteredDriver extends DriverOfApplication {

    static {
        try {
            DriverManager.registerDriver(new RegisteredDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Asks for one that this class can see. */
    public static boolean isRegistered() {
        return DriverManager.drivers().anyMatch(RegisteredDriver.class::isInstance);
    }

    @Override
    public boolean acceptsURL(String url) {
        return false;
    }
}
