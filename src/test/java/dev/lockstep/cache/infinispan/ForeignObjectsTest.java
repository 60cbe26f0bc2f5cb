package dev.lockstep.cache.infinispan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.process.Ports;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jgroups.BatchMessage;
import org.jgroups.BytesMessage;
import org.jgroups.CompositeMessage;
import org.jgroups.EmptyMessage;
import org.jgroups.Header;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.ObjectMessage;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.AUTH;
import org.jgroups.protocols.AuthHeader;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.TpHeader;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.UnicastHeader3;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;
import org.jgroups.util.Util;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A stranger sends objects to the ports of a cluster. */
class ForeignObjectsTest {

    /** How far above a node's port it listens for FD_SOCK2 (JGroups' {@code FD_SOCK2.offset}). */
    private static final int FAILURE_DETECTION = 100;

    private static final String CLUSTER = "objects";

    private int port;

    @AutoClose
    private JChannel channel;

    @BeforeEach
    void begin() throws Exception {
        port = Ports.freeWith(FAILURE_DETECTION);
        Gadget.LIVES.set(0);
    }

    /** The messages do harm, as long as nothing keeps them from it. */
    @ParameterizedTest
    @EnumSource
    void jgroupsAloneBringsItToLife(Way way) throws Exception {
        connect(new JChannel(
                new TCP().setBindAddress(InetAddress.getLoopbackAddress()).setBindPort(port),
                new TCPPING().setInitialHosts(List.of(new InetSocketAddress("127.0.0.1", port))),
                new NAKACK2().useMcastXmit(false),
                new UNICAST3(),
                new STABLE(),
                new GMS().printLocalAddress(false).setJoinTimeout(10)));
        try (RawPeer peer = new RawPeer(port)) {
            way.send(peer, channel);
            await().until(() -> Gadget.LIVES.get() > 0);
        }
    }

    @ParameterizedTest
    @MethodSource("waysAndStacks")
    void noneComesToLifeHere(Way way, Map<String, String> settings) throws Exception {
        connectOurs(settings);
        try (CapturedLog log = new CapturedLog(RefusalLog.class.getName());
                RawPeer peer = new RawPeer(port)) {
            way.send(peer, channel);
            peer.awaitRead();
            assertThat(log.messages()).singleElement().asString().contains("LOCKSTEP-0326");
        }
        assertThat(Gadget.LIVES).hasValue(0);
    }

    static Stream<Arguments> waysAndStacks() {
        return Stream.of(Way.values())
                .flatMap(way -> Stream.of(Map.<String, String>of(), Map.of("secret", "correct horse battery staple"))
                        .map(settings -> Arguments.of(way, settings)));
    }

    @Test
    void noHeaderBringsAnythingToLifeAtThePortOfFailureDetection() throws Exception {
        connectOurs(Map.of());
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        new EmptyMessage().putHeader(id(AUTH.class), token()).writeTo(new DataOutputStream(frame));
        try (RawPeer peer = new RawPeer(port + FAILURE_DETECTION)) {
            peer.send(frame.toByteArray());
            peer.awaitRead();
        }
        assertThat(Gadget.LIVES).hasValue(0);
        FD_SOCK2 plain = new FD_SOCK2();
        assertThatThrownBy(() ->
                        plain.receive(null, KnownMessages.input(frame.toByteArray(), 0, frame.size()), frame.size()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(Gadget.LIVES).hasPositiveValue();
    }

    private void connectOurs(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of("bind-port", String.valueOf(port), "port-range", "0"));
        settings.putAll(more);
        connect(Stacks.channel(InfinispanSettings.read(new MapSettings(settings)), CLUSTER));
    }

    private void connect(JChannel unconnected) throws Exception {
        channel = unconnected;
        channel.connect(CLUSTER);
    }

    private static Header token() {
        AuthHeader header = new AuthHeader(new Gadget.Token());
        Gadget.LIVES.set(0);
        return header;
    }

    private static short id(Class<? extends Protocol> protocol) {
        return ClassConfigurator.getProtocolId(protocol);
    }

    /** How the object is sent. */
    enum Way {
        OBJECT {
            @Override
            Message message(JChannel to) {
                return new ObjectMessage(null, new Gadget());
            }
        },
        NAMED_CLASS {
            @Override
            Message message(JChannel to) {
                Message message = new ObjectMessage(null, new Gadget.Named());
                Gadget.LIVES.set(0);
                return message;
            }
        },
        COMPOSITE {
            @Override
            Message message(JChannel to) {
                return new CompositeMessage(null, new ObjectMessage(null, new Gadget()));
            }
        },
        BATCH {
            @Override
            Message message(JChannel to) {
                Message[] messages = {new ObjectMessage(null, new Gadget())};
                return new BatchMessage(null, null, messages, 1);
            }
        },
        HEADER {
            @Override
            Message message(JChannel to) {
                return new EmptyMessage().putHeader(id(AUTH.class), token());
            }
        },
        SERIALIZED_BYTES_FOR_STABLE {
            @Override
            Message message(JChannel to) throws Exception {
                return bytes().putHeader(
                                id(STABLE.class),
                                new STABLE.StableHeader(
                                        STABLE.StableHeader.STABILITY,
                                        to.getView().getViewId()));
            }
        },
        SERIALIZED_BYTES_FOR_UNICAST {
            @Override
            Message message(JChannel to) throws Exception {
                return bytes().setDest(to.getAddress())
                        .putHeader(id(UNICAST3.class), UnicastHeader3.createXmitReqHeader());
            }
        };

        abstract Message message(JChannel to) throws Exception;

        /** Alone, and in a list. */
        void send(RawPeer peer, JChannel to) throws Exception {
            Message message = message(to).putHeader(id(TCP.class), new TpHeader(CLUSTER.getBytes()));
            peer.send(message);
            peer.sendTogether(message, CLUSTER.getBytes());
        }

        private static Message bytes() throws Exception {
            byte[] serialized = Util.objectToByteBuffer(new Gadget());
            return new BytesMessage(null, serialized).setFlag(Message.Flag.SERIALIZED);
        }
    }
}
