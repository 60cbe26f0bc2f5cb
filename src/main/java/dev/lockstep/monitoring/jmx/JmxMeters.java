package dev.lockstep.monitoring.jmx;

import dev.lockstep.monitoring.NodeMeters;
import dev.lockstep.monitoring.NodeSnapshot.RevocationState;
import dev.lockstep.monitoring.NodeSnapshot.WaitedOut;
import dev.lockstep.monitoring.NodeStatus;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Shows a node at the platform's MBean server, as
 * {@code dev.lockstep:type=Node,application="shop"}. Where another deployment of that name runs in
 * the JVM, the second one has {@code ,deployment=2} as well.
 */
public final class JmxMeters {

    private static final String NAME = "dev.lockstep:type=Node,application=";

    private JmxMeters() {}

    /**
     * Registers the bean.
     *
     * @return unregisters it
     */
    public static AutoCloseable publish(NodeStatus status, NodeMeters meters) throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        String first = NAME + ObjectName.quote(status.now().application());
        ObjectName name = register(server, bean(status, meters), first, 1);
        return () -> unregister(server, name);
    }

    private static NodeBean bean(NodeStatus status, NodeMeters meters) {
        return new NodeBean(Stream.concat(
                Stream.of(
                        NodeAttribute.of(
                                "Application",
                                "Whose sessions they are",
                                () -> status.now().application()),
                        NodeAttribute.of(
                                "Node",
                                "What this node is called to people",
                                () -> status.now().nodeName()),
                        NodeAttribute.of(
                                "Cache",
                                "The name of the cache",
                                () -> status.now().cache()),
                        NodeAttribute.of(
                                "Breaker",
                                "Whether the cache is used (CLOSED), only read (READ_ONLY) or left alone (OPEN)",
                                () -> status.now().breaker().name()),
                        NodeAttribute.of(
                                "Awaited",
                                "The nodes that logouts are waiting for, each with the longest that it will still take;"
                                        + " empty where none is",
                                () -> awaited(status.now().revocations())),
                        NodeAttribute.of(
                                "WaitedOut",
                                "The last node whose lease had to be waited out, and for how long; empty where none was",
                                () -> waitedOut(status.now().revocations()))),
                meters.series().stream().map(NodeAttribute::of)));
    }

    private static String awaited(RevocationState revocations) {
        return revocations.awaited().stream()
                .map(node -> node.nodeName() + " " + node.left().toMillis() + " ms")
                .collect(Collectors.joining(", "));
    }

    private static String waitedOut(RevocationState revocations) {
        WaitedOut last = revocations.waitedOut();
        return last == null ? "" : last.nodeName() + " " + last.took().toMillis() + " ms";
    }

    private static ObjectName register(MBeanServer server, NodeBean bean, String name, int number) throws JMException {
        ObjectName tried = new ObjectName(number == 1 ? name : name + ",deployment=" + number);
        try {
            server.registerMBean(bean, tried);
            return tried;
        } catch (InstanceAlreadyExistsException e) {
            return register(server, bean, name, number + 1);
        }
    }

    private static void unregister(MBeanServer server, ObjectName name) throws JMException {
        if (server.isRegistered(name)) {
            server.unregisterMBean(name);
        }
    }
}
