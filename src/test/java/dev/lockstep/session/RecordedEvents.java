package dev.lockstep.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was fired. */
final class RecordedEvents implements SessionEvents {

    private final List<Object> fired = new CopyOnWriteArrayList<>();
    private final List<Object> firedAtOnce = new CopyOnWriteArrayList<>();

    <T> List<T> of(Class<T> type) {
        return fired.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<Object> all() {
        return fired;
    }

    /** For which the caller's thread waits. */
    List<Object> firedAtOnce() {
        return firedAtOnce;
    }

    @Override
    public void fire(Object event) {
        fired.add(event);
        firedAtOnce.add(event);
    }

    @Override
    public void fireLater(Object event) {
        fired.add(event);
    }
}
