package dev.lockstep.cdi;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** How people know this node: its host and its process. */
final class NodeName {

    private NodeName() {}

    static String ofThisProcess() {
        return host() + "/" + ProcessHandle.current().pid();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
