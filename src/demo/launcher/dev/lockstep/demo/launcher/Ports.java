package dev.lockstep.demo.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The ports that the nodes are to listen on. */
final class Ports {

    private Ports() {}

    /** @throws DemoFailed if something listens there already */
    static void requireFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new DemoFailed("port " + port + " of 127.0.0.1 can't be used (" + e.getMessage()
                    + "). Nothing was started. -Ddemo.port=N makes the nodes listen on N and N+1.");
        }
    }
}
