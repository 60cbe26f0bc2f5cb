package dev.lockstep.chaos.cluster;

import java.util.concurrent.TimeUnit;

/**
 * Lets bytes of one direction pass: at once, after a delay, or not before it is opened again.
 * Thread-safe.
 */
final class Gate {

    private boolean held;
    private long delayMillis;

    synchronized void hold() {
        held = true;
    }

    synchronized void release() {
        held = false;
        notifyAll();
    }

    synchronized void delay(long millis) {
        delayMillis = millis;
    }

    void pass() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(delay());
        synchronized (this) {
            while (held) {
                wait();
            }
        }
    }

    private synchronized long delay() {
        return delayMillis;
    }
}
