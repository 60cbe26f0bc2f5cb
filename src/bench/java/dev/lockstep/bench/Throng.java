package dev.lockstep.bench;

import dev.lockstep.SessionToken;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A thousand threads that ask a node for the same session at the same time. */
public final class Throng {

    private static final int THREADS = 1_000;

    private Throng() {}

    /** How often the store was asked. */
    public static int reads(Node node, SessionToken token) throws InterruptedException {
        int before = node.storeReads();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> find(node, token, start));
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        return node.storeReads() - before;
    }

    private static void find(Node node, SessionToken token, CountDownLatch start) {
        try {
            start.await();
            node.sessions().find(token).orElseThrow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
