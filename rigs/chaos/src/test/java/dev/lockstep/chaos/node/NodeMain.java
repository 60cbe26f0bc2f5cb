package dev.lockstep.chaos.node;

import java.io.IOException;

/**
 * The JVM of a node. Prints {@code READY <request port> <channel port>} when it listens, then
 * deploys the product, and tries again for as long as that fails, as an operator's restarts would.
 */
public final class NodeMain {

    private NodeMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Poison.set(Boolean.getBoolean("chaos.poisoned"));
        ChannelHub.start();
        Deployment deployment = new Deployment();
        NodeServer server = new NodeServer(new Requests(deployment));
        System.out.println("READY " + server.port() + " " + ChannelHub.port());
        System.out.flush();
        server.start();
        deployment.deployUntilItWorks();
    }
}
