package dev.lockstep.cache.infinispan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jgroups.JChannel;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FORK;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.dns.DNS_PING;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;
import org.jgroups.util.Util;

/**
 * JGroups stacks whose failure detection suits sessions: a node that falls silent is out of the
 * cluster after {@code failure-timeout} and a little, instead of JGroups' 40 seconds, and a split
 * heals within seconds.
 *
 * <p>With TLS every connection begins with certificates on both sides, and a stranger gets no
 * further. FD_SOCK2, whose connections would stay in clear, is left out then: a node that is killed
 * is noticed as one that falls silent.
 *
 * <p>With a secret, the payload of every message is encrypted and authenticated by keys derived
 * from it (PBKDF2, RFC 8018); see {@link EncryptThenMac}.
 *
 * <p>With either or none, the ports read no more than the messages of these protocols; see
 * {@link KnownMessages}, which must know what a protocol sends that is added here.
 */
final class Stacks {

    private static final int ROUNDS = 210_000; // OWASP's figure for PBKDF2 with SHA-512
    private static final int KEY_BITS = 256;
    private static final int MAX_PORT = 65_535;

    /**
     * How long a host may take to accept a connection: a network's round trip, a lost packet left
     * out.
     */
    private static final int CONNECT_MILLIS = 300;

    /**
     * Another application's nodes may have ports in the range and are asked, too, which is no
     * fault.
     */
    private static final long BETWEEN_WARNINGS_OF_NEIGHBOURS =
            Duration.ofDays(1).toMillis();

    /** How far above the cluster's port failure detection listens: JGroups' own default. */
    private static final int OFFSET_OF_FAILURE_DETECTION = 100;

    /**
     * How long the one thread that accepts connections waits for each answer of a handshake: far
     * longer than one takes (an estimate), and as long as a silent host keeps others out.
     */
    private static final int HANDSHAKE_MILLIS = 5000;

    private Stacks() {}

    /** An unconnected channel. */
    static JChannel channel(InfinispanSettings settings, String cluster) throws Exception {
        return switch (settings.stack()) {
            case InfinispanSettings.TCP, InfinispanSettings.KUBERNETES ->
                new JChannel(protocols(settings, cluster).toArray(Protocol[]::new));
            default -> new JChannel(settings.stack());
        };
    }

    private static List<Protocol> protocols(InfinispanSettings settings, String cluster) throws Exception {
        InetAddress address = Util.getAddress(settings.bindAddress(), Util.getIpStackType());
        long silence = settings.failureTimeout().toMillis();
        List<Protocol> protocols = new ArrayList<>();
        protocols.add(transport(settings, address));
        if (settings.secret().isPresent()) {
            protocols.add(encryption(settings.secret().get(), cluster));
        }
        protocols.add(discovery(settings));
        protocols.add(new MERGE3().setMinInterval(1000).setMaxInterval(3000));
        if (settings.tls().isEmpty()) {
            protocols.add(new StrictFailureDetection()
                    .setBindAddress(address)
                    .setOffset(OFFSET_OF_FAILURE_DETECTION)
                    .setPortRange(settings.portRange()));
        }
        protocols.add(new FD_ALL3().setTimeout(silence).setInterval(silence / 5));
        protocols.add(new VERIFY_SUSPECT2().setTimeout(300));
        protocols.add(new NAKACK2().useMcastXmit(false).setXmitInterval(200));
        protocols.add(new UNICAST3().setXmitInterval(200));
        protocols.add(new STABLE());
        protocols.add(new GMS()
                .printLocalAddress(false)
                .setJoinTimeout(joinMillis(settings))
                .setViewAckCollectionTimeout(1000));
        protocols.add(new UFC());
        protocols.add(new MFC());
        protocols.add(new FRAG4());
        protocols.add(new FORK());
        return protocols;
    }

    /**
     * How long the first node looks for others: handshakes of JVMs that have just begun take their
     * time.
     */
    private static long joinMillis(InfinispanSettings settings) {
        return settings.tls().isPresent() ? 2000 : 500;
    }

    private static Protocol transport(InfinispanSettings settings, InetAddress address)
            throws GeneralSecurityException {
        StrictTcp tcp = new StrictTcp();
        tcp.setBindAddress(address);
        tcp.setBindPort(settings.bindPort());
        tcp.setPortRange(settings.portRange());
        tcp.setSockConnTimeout(CONNECT_MILLIS);
        // else Nagle's algorithm (RFC 1122, 4.2.3.4) holds pushes for 40 ms now and then
        tcp.tcpNodelay(true);
        tcp.setSuppressTimeDifferentClusterWarnings(BETWEEN_WARNINGS_OF_NEIGHBOURS);
        tcp.disableDiagnostics();
        if (settings.tls().isPresent()) {
            tcp.tls(new BoundedTls(
                    settings.tls().get().context(), settings.failureTimeout().multipliedBy(2)));
            tcp.setPeerAddrReadTimeout(HANDSHAKE_MILLIS);
        }
        return tcp;
    }

    private static Protocol discovery(InfinispanSettings settings) {
        if (settings.stack().equals(InfinispanSettings.KUBERNETES)) {
            return new DNS_PING().setDNSQuery(settings.dnsQuery().orElseThrow());
        }
        return new TCPPING().setInitialHosts(candidates(settings.initialHosts(), settings.portRange()));
    }

    /**
     * Where other nodes may listen: at each host's port, or so many above it, which JGroups adds
     * itself only where it reads the hosts from a text. A node asks one after the other, and waits
     * for up to {@link #CONNECT_MILLIS} where it gets no answer; so the first ports of all hosts
     * come first.
     */
    static List<InetSocketAddress> candidates(List<InetSocketAddress> hosts, int portRange) {
        return IntStream.rangeClosed(0, portRange)
                .boxed()
                .flatMap(above -> hosts.stream()
                        .filter(host -> host.getPort() + above <= MAX_PORT)
                        .map(host -> new InetSocketAddress(host.getHostString(), host.getPort() + above)))
                .distinct()
                .toList();
    }

    private static Protocol encryption(String secret, String cluster) throws GeneralSecurityException {
        byte[] salt = ("lockstep " + cluster).getBytes(UTF_8);
        PBEKeySpec spec = new PBEKeySpec(secret.toCharArray(), salt, ROUNDS, 2 * KEY_BITS);
        byte[] keys = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                .generateSecret(spec)
                .getEncoded();
        int half = KEY_BITS / Byte.SIZE;
        return new EncryptThenMac(
                new SecretKeySpec(keys, 0, half, "AES"), new SecretKeySpec(keys, half, half, "HmacSHA256"));
    }
}
