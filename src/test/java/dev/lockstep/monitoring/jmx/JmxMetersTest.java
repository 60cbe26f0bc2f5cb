package dev.lockstep.monitoring.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.monitoring.PublishedNode;
import dev.lockstep.spi.NodeListener.SettledBy;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import javax.management.Attribute;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.OpenMBeanInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JmxMetersTest {

    private static final String STRANGE = "a=\"b\",c:*?/d";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final PublishedNode node = new PublishedNode("JmxMetersTest", null);
    private ObjectName name;
    private AutoCloseable shown;

    @BeforeEach
    void show() throws Exception {
        shown = JmxMeters.publish(node.status(), node.meters());
        name = new ObjectName("dev.lockstep:type=Node,application=\"JmxMetersTest\"");
    }

    @AfterEach
    void end() throws Exception {
        shown.close();
    }

    @Test
    void aNumberIsAnAttributeOfItsOwn() throws Exception {
        node.work();

        assertThat(server.getAttribute(name, "CacheGetsNearHit")).isEqualTo(2L);
        assertThat(server.getAttribute(name, "ValidationsNearLive")).isEqualTo(2L);
        assertThat(server.getAttribute(name, "RevocationGoalTrue")).isEqualTo(1L);
        assertThat(server.getAttribute(name, "LeaseRemainingSeconds")).isEqualTo(5.0);
    }

    @Test
    void durationsAreInMilliseconds() throws Exception {
        node.work();

        CompositeData durations = (CompositeData) server.getAttribute(name, "RevocationDurationAcknowledged");

        assertThat(durations.get("count")).isEqualTo(1L);
        assertThat(durations.get("meanMillis")).isEqualTo(40.0);
        assertThat(durations.get("p99Millis")).isEqualTo(40.0);
        assertThat(durations.get("longestMillis")).isEqualTo(40.0);
    }

    @Test
    void itSaysWhoseNodeItIs() throws Exception {
        assertThat(server.getAttributes(name, new String[] {"Application", "Node", "Cache", "Breaker", "Nothing"})
                        .asList())
                .extracting(Attribute::getValue)
                .containsExactly("JmxMetersTest", "node a", "redis", "CLOSED");
    }

    @Test
    void itNamesWhatALogoutIsWaitingForAndWhatOneHadToWaitFor() throws Exception {
        assertThat(server.getAttribute(name, "Awaited")).isEqualTo("");
        assertThat(server.getAttribute(name, "WaitedOut")).isEqualTo("");

        node.status().nodeAwaited("node b", Duration.ofSeconds(3));
        node.status().nodeAwaited("node c", Duration.ZERO);
        assertThat(server.getAttribute(name, "Awaited")).isEqualTo("node b 3000 ms, node c 0 ms");

        node.status().nodeSettled("node b", SettledBy.WAITED_OUT, Duration.ofSeconds(3));
        node.status().nodeUnsettled("node c");
        assertThat(server.getAttribute(name, "Awaited")).isEqualTo("");
        assertThat(server.getAttribute(name, "WaitedOut")).isEqualTo("node b 3000 ms");
    }

    @Test
    void everyAttributeIsDescribedAndReadableAndNothingCanBeChanged() throws Exception {
        OpenMBeanInfo info = (OpenMBeanInfo) server.getMBeanInfo(name);

        assertThat(info.getOperations()).isEmpty();
        assertThat(info.getNotifications()).isEmpty();
        for (MBeanAttributeInfo attribute : info.getAttributes()) {
            assertThat(attribute.isReadable()).isTrue();
            assertThat(attribute.isWritable()).isFalse();
            assertThat(attribute.getDescription()).isNotBlank();
            assertThat(server.getAttribute(name, attribute.getName())).isNotNull();
        }
        assertThatThrownBy(() -> server.setAttribute(name, new Attribute("Node", "b")))
                .hasMessageContaining("can't be set");
        assertThatThrownBy(() -> server.invoke(name, "gc", null, null)).hasRootCauseMessage("gc");
    }

    @Test
    void namesAreUniqueWords() {
        assertThat(Arrays.stream(infos()).map(MBeanAttributeInfo::getName))
                .doesNotHaveDuplicates()
                .allMatch(attribute -> attribute.matches("[A-Z][A-Za-z0-9]+"))
                .hasSizeGreaterThan(node.meters().series().size());
    }

    @Test
    void twoDeploymentsOfOneNameAreBothThere() throws Exception {
        try (AutoCloseable other = JmxMeters.publish(node.status(), node.meters())) {
            assertThat(ours()).containsExactlyInAnyOrder(name, new ObjectName(name + ",deployment=2"));
            assertThat(other).isNotNull();
        }

        assertThat(ours()).containsExactly(name);
    }

    @Test
    void aStrangeNameIsQuoted() throws Exception {
        PublishedNode strange = new PublishedNode(STRANGE, null);
        try (AutoCloseable other = JmxMeters.publish(strange.status(), strange.meters())) {
            assertThat(other).isNotNull();
            assertThat(server.queryNames(new ObjectName("dev.lockstep:type=Node,*"), null))
                    .anyMatch(found -> ObjectName.unquote(found.getKeyProperty("application"))
                            .equals(STRANGE));
        }
    }

    @Test
    void whatSomebodyElseTookAwayIsNotMissed() throws Exception {
        server.unregisterMBean(name);

        shown.close();

        assertThat(ours()).isEmpty();
    }

    private MBeanAttributeInfo[] infos() {
        try {
            return server.getMBeanInfo(name).getAttributes();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Set<ObjectName> ours() throws Exception {
        return server.queryNames(new ObjectName(name + ",*"), null);
    }
}
