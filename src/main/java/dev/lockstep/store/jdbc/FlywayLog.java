package dev.lockstep.store.jdbc;

import java.lang.System.Logger.Level;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/** Lets Flyway's chatter through at DEBUG only: what goes wrong reaches us as an exception. Made by Flyway, by name. */
public final class FlywayLog implements LogCreator {

    @Override
    public Log createLogger(Class<?> source) {
        return new Quiet(System.getLogger(source.getName()));
    }

    private record Quiet(System.Logger logger) implements Log {

        @Override
        public void debug(String message) {}

        @Override
        public void info(String message) {
            logger.log(Level.DEBUG, message);
        }

        @Override
        public void warn(String message) {
            logger.log(Level.DEBUG, message);
        }

        @Override
        public void error(String message) {
            logger.log(Level.DEBUG, message);
        }

        @Override
        public void error(String message, Exception e) {
            logger.log(Level.DEBUG, message, e);
        }

        @Override
        public void notice(String message) {
            logger.log(Level.DEBUG, message);
        }
    }
}
