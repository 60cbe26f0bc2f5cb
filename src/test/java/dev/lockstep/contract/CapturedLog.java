package dev.lockstep.contract;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged at INFO and above while it is open. */
public final class CapturedLog extends Handler implements AutoCloseable {

    private final Logger logger;
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<Throwable> thrown = new CopyOnWriteArrayList<>();

    public CapturedLog(String name) {
        this.logger = Logger.getLogger(name);
        setLevel(Level.INFO);
        logger.addHandler(this);
    }

    public List<String> messages() {
        return messages;
    }

    /** What was logged with them. */
    public List<Throwable> thrown() {
        return thrown;
    }

    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record)) {
            messages.add(record.getMessage());
            if (record.getThrown() != null) {
                thrown.add(record.getThrown());
            }
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
