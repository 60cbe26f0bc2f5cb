package dev.lockstep.demo.launcher;

import java.io.IOException;
import java.util.Arrays;

/**
 * Runs a server's main class in a JVM that ends with the launcher: the launcher holds the other end
 * of this JVM's standard input, which the system closes even if the launcher is killed.
 */
final class Tethered {

    private Tethered() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        Thread tether = new Thread(Tethered::endWithLauncher, "tether");
        tether.setDaemon(true);
        tether.start();
        String[] rest = Arrays.copyOfRange(args, 1, args.length);
        Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
    }

    private static void endWithLauncher() {
        try {
            while (System.in.read() >= 0) {
                // nothing is ever written
            }
        } catch (IOException e) {
            // as good as closed
        }
        Runtime.getRuntime().halt(1);
    }
}
