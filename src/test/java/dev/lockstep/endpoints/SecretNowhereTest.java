package dev.lockstep.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.CacheName;
import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.NaiveCache;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.key.DerivedKey;
import dev.lockstep.key.KeyPurpose;
import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyRingStore;
import dev.lockstep.spi.KeyRingStore.Former;
import dev.lockstep.spi.KeyVersion;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.SessionSearch;
import dev.lockstep.spi.SessionStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A node works, fails and shows what it can show; no secret of the application's key is in any of
 * that, however it may be written.
 */
class SecretNowhereTest {

    private static final Duration LONG = Duration.ofDays(1);
    private static final Logger ROOT = Logger.getLogger("");

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            StringWriter text = new StringWriter();
            text.append(entry.getMessage()).append(Arrays.toString(entry.getParameters()));
            if (entry.getThrown() != null) {
                entry.getThrown().printStackTrace(new PrintWriter(text));
            }
            seen.add(text.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        SwitchedStore.naive = new NaiveStore(System::currentTimeMillis);
        SwitchedStore.interfaces =
                Set.of(SessionStore.class, RevocationLog.class, SessionSearch.class, KeyRingStore.class);
        handler.setLevel(Level.ALL);
        ROOT.addHandler(handler);
        Logger.getLogger("dev.lockstep").setLevel(Level.ALL);
        Shared.PUT.clear();
    }

    @AfterEach
    void stop() {
        Logger.getLogger("dev.lockstep").setLevel(null);
        ROOT.removeHandler(handler);
        SwitchedStore.interfaces = Set.of(SessionStore.class, RevocationLog.class, SessionSearch.class);
        SwitchedStore.failure = new StoreUnavailableException("on purpose", null);
    }

    @Test
    void noSecretIsShownAnywhere() throws Exception {
        try (EndpointsSite site = new EndpointsSite(
                        EndpointsSite.with("lockstep.cache", "mine"), SwitchedStore.class, Shared.class)
                .start()) {
            String admin = site.open("root", "admin");
            for (String path : List.of("/admin/status", "/admin/nodes", "/admin/sessions", "/openapi.json")) {
                seen.add(site.as(admin, "GET", path).toString());
            }
            for (String path : List.of("/admin/key/replace", "/admin/key/replace-leaked")) {
                List<KeyVersion> former = versions();
                seen.add(site.post(admin, path, "application/json", "{\"application\":\"shop\"}")
                        .toString());
                assertNotSeen(former);
            }
            replaceWhileItCanNotBeRead();
            seen.add(ownBeans());
        }
        seen.addAll(Shared.PUT);

        assertThat(seen).hasSizeGreaterThan(8).anyMatch(text -> text.contains("LOCKSTEP-0233"));
        assertThat(Shared.PUT).isNotEmpty();
        assertNotSeen(versions());
    }

    @Test
    void whatIsDerivedIsNotShownEither() {
        KeyRing key = SwitchedStore.naive.keyRing(LONG);
        DerivedKey derived = ApplicationKey.configured("shop", key, LONG, NodeClock.SYSTEM)
                .toMakeWith(KeyPurpose.TOKEN)
                .orElseThrow();

        assertThat(derived)
                .hasToString(
                        "DerivedKey[purpose=TOKEN, version=" + key.inForce().number() + "]");
    }

    /** By somebody else, so that the next poll tells. */
    private void replaceWhileItCanNotBeRead() {
        SwitchedStore.without(method -> method.equals("keyRing"), () -> {
            SwitchedStore.naive.replaceKey(versions().get(0).number(), LONG, Former.STAYS);
            await().until(() -> seen.stream().anyMatch(text -> text.contains("LOCKSTEP-0233")));
        });
    }

    private void assertNotSeen(List<KeyVersion> versions) {
        for (KeyVersion version : versions) {
            forms(version.secret()).forEach(form -> assertThat(seen).noneMatch(text -> text.contains(form)));
        }
    }

    /** As people, JSON, drivers and collections may write it. */
    private static Stream<String> forms(byte[] secret) {
        String array = Arrays.toString(secret);
        return Stream.of(
                HexFormat.of().formatHex(secret),
                HexFormat.of().withUpperCase().formatHex(secret),
                Base64.getEncoder().withoutPadding().encodeToString(secret),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret),
                array.substring(1, array.length() - 1),
                array.substring(1, array.length() - 1).replace(" ", ""));
    }

    private static List<KeyVersion> versions() {
        return SwitchedStore.naive.keyRing(LONG).versions();
    }

    /** All that JMX shows of Lockstep. */
    private static String ownBeans() throws Exception {
        StringBuilder all = new StringBuilder();
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(new ObjectName("dev.lockstep:*"), null)) {
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                all.append(server.getAttribute(name, attribute.getName())).append('\n');
            }
        }
        assertThat(all).isNotEmpty();
        return all.toString();
    }

    /** What it is given, as text. */
    @ApplicationScoped
    @CacheName("mine")
    static class Shared extends NaiveCache {

        static final Queue<String> PUT = new ConcurrentLinkedQueue<>();

        @Override
        public void put(SessionCopy copy, Duration timeToLive) {
            PUT.add(copy.toString());
            super.put(copy, timeToLive);
        }
    }
}
