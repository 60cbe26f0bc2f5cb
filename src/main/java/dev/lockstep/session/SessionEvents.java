package dev.lockstep.session;

/** Where events go. Thread-safe; never throws, whatever an observer does. */
public interface SessionEvents {

    /** Tells the observers now, on this thread: for what a caller of the manager did. */
    void fire(Object event);

    /** Tells the observers soon, on another thread: for what must not wait for them. */
    void fireLater(Object event);
}
