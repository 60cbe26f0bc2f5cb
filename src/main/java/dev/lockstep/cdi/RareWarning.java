package dev.lockstep.cdi;

import dev.lockstep.concurrent.OnceAMinute;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A warning that is logged at once, and then at most once a minute, however often its reason comes. Thread-safe. */
final class RareWarning {

    private final Logger log;
    private final OnceAMinute due = new OnceAMinute();

    RareWarning(Logger log) {
        this.log = log;
    }

    void log(Supplier<String> message, @Nullable Throwable cause) {
        if (due.isDue()) {
            log.log(Level.WARNING, message, cause);
        }
    }
}
