package dev.lockstep.demo.launcher;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** The demo from beginning to end. What it starts it gives to {@link Running}, which stops it. */
final class Demo {

    private final DemoOptions options;
    private final Installation installation;
    private final Running running;
    private final Transcript transcript = new Transcript(System.out);

    Demo(DemoOptions options, Installation installation, Running running) {
        this.options = options;
        this.installation = installation;
        this.running = running;
    }

    void run() throws Exception {
        DemoPorts.requireFree(options.port());
        DemoPorts.requireFree(options.port() + 1);
        running.add(installation::lock);
        prepareScratch();
        transcript.say("\nStarting two nodes of Payara Micro, A and B, which share one H2 database ...");
        SharedDatabase database = running.add(() -> SharedDatabase.create(installation.scratch()));
        CacheSettings caches = CacheSettings.in(installation.scratch());
        BrowserSettings browser = new BrowserSettings(options.port());
        DemoNode a = start("A", options.port(), browser.and(caches.with(0, options.forA())), database);
        DemoNode b = start("B", options.port() + 1, browser.and(caches.with(1, options.forB())), database);
        running.add(() -> () -> stopAtTheSameTime(a, b));
        awaitReady(a, b);
        walkThrough(a, b);
        passOnWarnings(a);
        passOnWarnings(b);
        transcript.say("\ndemo: ok");
        if (!options.exit()) {
            new StayingUp(a, b, transcript).untilTold();
        }
    }

    private void prepareScratch() throws Exception {
        installation.clear();
        Files.createDirectories(installation.scratch());
        running.add(() -> installation::clear);
    }

    private DemoNode start(String name, int port, Map<String, String> properties, SharedDatabase database)
            throws Exception {
        return running.add(() -> DemoNode.start(name, port, properties, installation, database.environment()));
    }

    private static void stopAtTheSameTime(DemoNode a, DemoNode b) {
        a.signal();
        b.signal();
    }

    private void awaitReady(DemoNode a, DemoNode b) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        a.awaitReady();
        b.awaitReady();
        transcript.say("Ready after %d s: A at %s, B at %s."
                .formatted((System.nanoTime() - begun) / 1_000_000_000, a.url(), b.url()));
    }

    /**
     * All goes as told without a cache, too: whoever chose one wants to know that it was not there.
     */
    private void passOnWarnings(DemoNode node) throws IOException {
        List<String> warnings = node.warnings();
        if (!warnings.isEmpty()) {
            transcript.say("\nLockstep warns on " + node.name() + ":\n  " + String.join("\n  ", warnings));
        }
    }

    private void walkThrough(DemoNode a, DemoNode b) throws InterruptedException {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(ProxySelector.of(null))
                .build();
        new WalkThrough(new Client(a, http, transcript), new Client(b, http, transcript), transcript).run();
    }
}
