package dev.lockstep.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was fired. */
final class RecordedEvents implements SessionEvents {

    private final List<Object> fired = new CopyOnWriteArrayList<>();

    <T> List<T> of(Class<T> type) {
        return fired.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public void fire(Object event) {
        fired.add(event);
    }

    @Override
    public void fireLater(Object event) {
        fired.add(event);
    }
}
