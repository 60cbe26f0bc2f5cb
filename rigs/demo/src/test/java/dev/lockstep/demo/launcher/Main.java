package dev.lockstep.demo.launcher;

import java.util.concurrent.TimeUnit;

/**
 * Runs the demo in Maven's own JVM: its {@code -D} properties, its standard input and its Ctrl-C
 * are at hand there, and Maven does not return before all is stopped.
 */
public final class Main {

    private Main() {}

    /**
     * @param args the parts of an {@link Installation}
     * @throws Exception if the demo did not go as told
     */
    public static void main(String[] args) throws Exception {
        Running running = new Running();
        Thread stopper = new Thread(running::close, "demo-stop");
        Runtime.getRuntime().addShutdownHook(stopper);
        try (running) {
            DemoOptions options = DemoOptions.from(System.getProperties());
            new Demo(options, Installation.of(args[0], args[1], args[2], args[3], args[4]), running).run();
        } catch (Exception e) {
            leaveIfInterrupted(stopper);
            if (e instanceof DemoFailed failure) {
                System.out.println(failure.log());
            }
            throw e;
        }
        Runtime.getRuntime().removeShutdownHook(stopper);
    }

    /**
     * After a Ctrl-C the nodes are gone, perhaps before this JVM noticed: what fails by that is
     * nobody's concern.
     */
    private static void leaveIfInterrupted(Thread stopper) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(500);
        if (stopper.getState() != Thread.State.NEW) {
            Thread.currentThread().join();
        }
    }
}
