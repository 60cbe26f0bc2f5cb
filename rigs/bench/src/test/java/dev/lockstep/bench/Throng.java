package dev.lockstep.bench;

import dev.lockstep.SessionToken;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A thousand threads that ask a node for the same session at the same time. */
public final class Throng {

    private static final int THREADS = 1_000;

    private Throng() {}

    /**
     * How often the store was asked.
     *
     * @throws IllegalStateException if not all of them found it
     */
    public static int reads(Node node, SessionToken token) throws InterruptedException {
        int before = node.storeReads();
        AtomicInteger found = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> {
                if (find(node, token, start)) {
                    found.incrementAndGet();
                }
            });
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        if (found.get() < THREADS) {
            throw new IllegalStateException("Only " + found + " of " + THREADS + " found the session");
        }
        return node.storeReads() - before;
    }

    private static boolean find(Node node, SessionToken token, CountDownLatch start) {
        try {
            start.await();
            return node.sessions().find(token).isPresent();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
