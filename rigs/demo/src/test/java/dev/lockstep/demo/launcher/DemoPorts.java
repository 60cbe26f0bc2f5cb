package dev.lockstep.demo.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** The ports that the nodes are to listen on. */
final class DemoPorts {

    private DemoPorts() {}

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

    /** Ports of loopback that were free a moment ago. */
    static List<Integer> free(int count) throws IOException {
        List<ServerSocket> probes = new ArrayList<>();
        try {
            while (probes.size() < count) {
                probes.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return probes.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket probe : probes) {
                probe.close();
            }
        }
    }
}
