package dev.lockstep.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that are at work for a request, as they tell. */
final class FollowedThreads implements RequestTraces {

    /** Requests, or parts of them, that a thread has begun. */
    final AtomicInteger begun = new AtomicInteger();
    /** Look-ups by a thread that was at work for none. */
    final AtomicInteger strayLookUps = new AtomicInteger();

    private final Set<Thread> atWork = ConcurrentHashMap.newKeySet();

    @Override
    public boolean enter(HttpServletRequest request) {
        boolean isFirst = atWork.add(Thread.currentThread());
        if (isFirst) {
            begun.incrementAndGet();
        }
        return isFirst;
    }

    @Override
    public void leave() {
        atWork.remove(Thread.currentThread());
    }

    void lookedUp() {
        if (!atWork.contains(Thread.currentThread())) {
            strayLookUps.incrementAndGet();
        }
    }

    boolean areIdle() {
        return atWork.isEmpty();
    }
}
