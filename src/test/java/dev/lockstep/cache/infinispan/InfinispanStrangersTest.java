package dev.lockstep.cache.infinispan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.cache.tls.TlsSettings;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.OpenedCaches;
import dev.lockstep.contract.SessionCopies;
import dev.lockstep.contract.TlsFiles;
import dev.lockstep.docs.Block;
import dev.lockstep.docs.Script;
import dev.lockstep.process.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes that know the secret, or have the certificate, form a cluster; a stranger at the same ports
 * doesn't get in.
 */
class InfinispanStrangersTest {

    private static final Duration LONG = Duration.ofHours(1);

    @AutoClose
    private final OpenedCaches caches = new OpenedCaches(new InfinispanCacheProvider(), "/strangers");

    private int port;

    @BeforeEach
    void choosePort() throws Exception {
        port = Ports.free();
    }

    @Test
    void anotherCertificateIsKeptOut() throws Exception {
        assertKeptOut(tls(TlsFiles.create()), tls(TlsFiles.create()));
    }

    @Test
    void theFileThatTheHowToMakesLetsItsNodesInAndNobodyElse(@TempDir Path folder) throws Exception {
        new Script(Block.printed("docs/howto/infinispan.md", "sh", 1))
                .in(folder)
                .typing((TlsFiles.PASSWORD + "\n").repeat(2))
                .run();
        assertKeptOut(tls(folder.resolve("cluster.p12")), tls(TlsFiles.create()));
    }

    @Test
    void aNodeWithoutTlsIsKeptOut() throws Exception {
        assertKeptOut(tls(TlsFiles.create()), Map.of());
    }

    @Test
    void anotherSecretIsKeptOut() throws Exception {
        assertKeptOut(Map.of("secret", "one secret of the nodes"), Map.of("secret", "another of the nodes"));
    }

    @Test
    void aNodeWithoutTheSecretIsKeptOut() throws Exception {
        assertKeptOut(Map.of("secret", "one secret of the nodes"), Map.of());
    }

    @Test
    void aConnectionWithoutACertificateIsEnded() throws Exception {
        TlsFiles files = TlsFiles.create();
        open(tls(files));
        TlsSettings trustOnly = TlsSettings.read(
                new MapSettings(Map.of("tls.trust", files.certificate().toString())));
        try (Socket socket =
                trustOnly.context().getSocketFactory().createSocket(InetAddress.getByName("127.0.0.1"), port)) {
            assertThatThrownBy(() -> {
                        socket.getOutputStream().write(new byte[100]);
                        socket.getInputStream().read();
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    /** That somebody who came after the stranger is in shows that there was time enough. */
    private void assertKeptOut(Map<String, String> ours, Map<String, String> theirs) {
        SessionCache one = open(ours);
        SessionCache two = open(ours);
        awaitMembers(2, one, two);
        SessionCopy copy = SessionCopies.fresh();
        one.put(copy, LONG);
        SessionCache stranger = open(theirs);
        SessionCache three = open(ours);
        awaitMembers(3, one, two, three);
        assertThat(ClusterNode.members(stranger)).isEqualTo(1);
        assertThat(three.get(copy.digest())).isEqualTo(copy);
        assertThat(stranger.get(copy.digest())).isNull();
        SessionCopy forged = SessionCopies.fresh();
        stranger.put(forged, LONG);
        assertThat(one.get(forged.digest())).isNull();
    }

    private static void awaitMembers(int expected, SessionCache... caches) {
        await().atMost(ClusterNode.FORMED)
                .untilAsserted(() ->
                        assertThat(caches).extracting(ClusterNode::members).containsOnly(expected));
    }

    private SessionCache open(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "stack", "tcp", "bind-port", String.valueOf(port), "port-range", "6", "failure-timeout", "PT10S"));
        settings.putAll(more);
        return caches.open(settings);
    }

    private static Map<String, String> tls(TlsFiles files) {
        return tls(files.keyStore());
    }

    /** By the one file, as the how-to says. */
    private static Map<String, String> tls(Path file) {
        return Map.of(
                "tls.key",
                file.toString(),
                "tls.key-password",
                TlsFiles.PASSWORD,
                "tls.trust",
                file.toString(),
                "tls.trust-password",
                TlsFiles.PASSWORD);
    }
}
