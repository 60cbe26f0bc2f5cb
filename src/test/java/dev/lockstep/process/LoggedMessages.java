package dev.lockstep.process;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What a class has logged since this was made, through the platform's logging; closed, it listens
 * no more.
 */
public final class LoggedMessages extends Handler implements AutoCloseable {

    private final Logger logger;
    private final List<String> messages = new CopyOnWriteArrayList<>();

    private LoggedMessages(Logger logger) {
        this.logger = logger;
        setLevel(Level.ALL);
        logger.addHandler(this);
    }

    public static LoggedMessages of(Class<?> type) {
        return new LoggedMessages(Logger.getLogger(type.getName()));
    }

    public List<String> all() {
        return List.copyOf(messages);
    }

    @Override
    public void publish(LogRecord message) {
        messages.add(String.valueOf(message.getMessage()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
