package dev.lockstep.sim.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Events by their time: a binary heap in which each event knows its place, so that one that is not
 * to happen any more is taken out at once. Most time-outs are.
 */
final class EventQueue {

    private @Nullable Event[] heap = new Event[1 << 10];
    private int size;

    void add(Event event) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        up(size++, event);
    }

    /** The earliest; null where there is none. */
    @Nullable
    Event poll() {
        if (size == 0) {
            return null;
        }
        Event first = at(0);
        takeFrom(0);
        return first;
    }

    /** Without effect on one that is not there any more. */
    void remove(Event event) {
        if (event.place >= 0) {
            takeFrom(event.place);
        }
    }

    private void takeFrom(int place) {
        at(place).place = Event.NOWHERE;
        Event last = at(--size);
        heap[size] = null;
        if (place < size) {
            down(place, last);
            up(last.place, last);
        }
    }

    private Event at(int place) {
        Event event = heap[place];
        if (event == null) {
            throw new IllegalStateException("no event at " + place + " of " + size);
        }
        return event;
    }

    private void up(int from, Event event) {
        int place = from;
        while (place > 0 && event.isBefore(at((place - 1) >> 1))) {
            put((place - 1) >> 1, place);
            place = (place - 1) >> 1;
        }
        set(place, event);
    }

    private void down(int from, Event event) {
        int place = from;
        int next = earlierChild(place);
        while (next < size && at(next).isBefore(event)) {
            put(next, place);
            place = next;
            next = earlierChild(place);
        }
        set(place, event);
    }

    private int earlierChild(int place) {
        int child = 2 * place + 1;
        return child + 1 < size && at(child + 1).isBefore(at(child)) ? child + 1 : child;
    }

    private void put(int from, int to) {
        set(to, at(from));
    }

    private void set(int place, Event event) {
        heap[place] = event;
        event.place = place;
    }
}
