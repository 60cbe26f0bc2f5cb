package dev.lockstep.schedules;

/** What several threads do at the same time. */
public final class Together {

    private Together() {}

    /** Runs the second in a thread of its own beside the first, and waits for it. */
    public static void run(Runnable here, Runnable beside) {
        Thread thread = new Thread(beside);
        thread.start();
        here.run();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What must hold, whoever came first. */
    public static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
