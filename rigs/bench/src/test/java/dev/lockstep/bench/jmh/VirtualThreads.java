package dev.lockstep.bench.jmh;

import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.bench.Databases;
import dev.lockstep.bench.Node;
import dev.lockstep.bench.Report;
import dev.lockstep.bench.Row;
import dev.lockstep.cache.memory.MemoryCacheProvider;
import dev.lockstep.process.PostgresServer;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Virtual threads open, find and revoke sessions, thousands at a time; how often does one keep
 * its carrier while it waits? JFR tells (jdk.VirtualThreadPinned). One life is lived beforehand,
 * since the loading of a class pins whoever waits for it. Needs Java 21 or later, and finds more
 * on versions before 24, where a monitor pins.
 */
final class VirtualThreads implements Part {

    private static final String PINNED = "jdk.VirtualThreadPinned";
    private static final int MINIMUM = 21;
    private static final int THREADS = 5_000;

    @Override
    public String name() {
        return "virtual threads";
    }

    @Override
    public void measure(Report report, boolean quick) throws Exception {
        if (Runtime.version().feature() < MINIMUM) {
            System.out.println("virtual threads: not measured, they need Java " + MINIMUM + " or later");
            return;
        }
        try (Recording recording = new Recording();
                PostgresServer postgres = Databases.postgres();
                var pool = Databases.pool(postgres);
                Node node = new Node(pool, MemoryCacheProvider.open(Node.context(1_000)), null, FactsLimits.DEFAULT)) {
            node.awaitLease(open(node.sessions()));
            live(node.sessions());
            recording.enable(PINNED).withoutThreshold().withStackTrace();
            recording.start();
            run(node.sessions());
            recording.stop();
            report(recording, report);
        }
    }

    private static void report(Recording recording, Report report) throws IOException {
        Path file = Files.createTempFile("pinned", ".jfr");
        recording.dump(file);
        List<RecordedEvent> pinned = RecordingFile.readAllEvents(file);
        Files.delete(file);
        pinned.forEach(System.out::println);
        report.add(new Row("lockstep sessions of as many virtual threads", THREADS, "sessions"));
        report.add(new Row("lockstep virtual threads pinned", pinned.size(), "times"));
    }

    private static void run(SessionManager sessions) throws Exception {
        ExecutorService threads = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        List<Future<?>> lives = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            lives.add(threads.submit(() -> live(sessions)));
        }
        for (Future<?> life : lives) {
            life.get(2, TimeUnit.MINUTES);
        }
        threads.shutdown();
    }

    private static void live(SessionManager sessions) {
        SessionToken token = open(sessions);
        sessions.find(token).orElseThrow();
        sessions.findConfirmed(token).orElseThrow();
        sessions.revoke(token);
        if (sessions.find(token).isPresent()) {
            throw new IllegalStateException("found after it was revoked");
        }
    }

    private static SessionToken open(SessionManager sessions) {
        return sessions.open("alice", Set.of("user"), Map.of()).token();
    }
}
