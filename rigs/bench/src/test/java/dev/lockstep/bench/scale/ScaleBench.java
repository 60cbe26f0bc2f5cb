package dev.lockstep.bench.scale;

import dev.lockstep.bench.Goal;
import dev.lockstep.bench.Growth;
import dev.lockstep.bench.GrowthChart;
import dev.lockstep.bench.Report;
import dev.lockstep.bench.Row;
import dev.lockstep.process.Directories;
import dev.lockstep.process.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What calls of the store take with 100,000 sessions in PostgreSQL, and with ten times as many,
 * up to {@code scale.max}: medians, how they grow, and what that makes on paper. Each number has
 * a database of its own; they are measured in turns, since the machine changes with time, and
 * deleted in the end. System properties: {@code scale.max}, {@code bench.directory}.
 */
public final class ScaleBench {

    private static final long LEAST = 100_000;
    private static final long ON_PAPER = 100_000_000;

    private static final int WARM_UPS = 10;
    private static final int ROUNDS = 60 + WARM_UPS;

    /** What the server is given beside its defaults; commits reach the disk. */
    private static final Map<String, String> SERVER = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "shared_buffers", "2GB",
            "maintenance_work_mem", "1GB",
            "max_wal_size", "8GB",
            "checkpoint_timeout", "30min",
            "shared_preload_libraries", PlanLog.LIBRARY);

    private final PostgresServer server;
    private final List<SizedStore> stores = new ArrayList<>();
    private final Report report = new Report("bench-scale");

    private ScaleBench(PostgresServer server) {
        this.server = server;
    }

    public static void main(String[] arguments) {
        try {
            run(Path.of(System.getProperty("bench.directory")), Long.getLong("scale.max"));
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void run(Path results, long most) throws Exception {
        Path folder = results.resolve("scale").toAbsolutePath();
        Directories.delete(folder);
        Files.createDirectories(folder);
        DiskSpace.require(folder, most);
        try (PostgresServer server = PostgresServer.start(folder, SERVER)) {
            ScaleBench bench = new ScaleBench(server);
            bench.fill(most);
            bench.measure();
            bench.explain(folder.resolve("log"));
            bench.publish(results);
            bench.stores.forEach(SizedStore::close);
        } finally {
            Directories.delete(folder);
        }
    }

    private void fill(long most) throws SQLException {
        for (long sessions = LEAST; sessions <= most; sessions *= 10) {
            long start = System.nanoTime();
            SizedStore store = SizedStore.fill(server, sessions, ROUNDS);
            stores.add(store);
            print("%,d sessions: filled in %d s%n", sessions, (System.nanoTime() - start) / 1_000_000_000);
            row("bytes a session in the table", store, store.rows().bytesOfTable() / sessions, "bytes");
            row("bytes a session in indexes", store, store.rows().bytesOfIndexes() / sessions, "bytes");
        }
    }

    private void measure() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            if (round % WARM_UPS == 0) {
                print("round %d of %d%n", round, ROUNDS);
            }
            if (round == WARM_UPS) {
                stores.forEach(SizedStore::warmedUp);
            }
            for (int i = 0; i < largest().calls().size(); i++) {
                for (SizedStore store : stores) {
                    store.measure(store.calls().get(i), round);
                }
            }
        }
    }

    /** For what grows more than an index does. */
    private void explain(Path log) throws Exception {
        PlanLog plans = new PlanLog(largest().pool(), log);
        for (StoreCall call : largest().calls()) {
            if (growth(call).perFactorTen() > StoreCalls.AS_AN_INDEX) {
                print("%n%s: %s%n", call.name(), plans.of(call.call()));
            }
        }
    }

    private void publish(Path results) throws IOException {
        List<Growth> lines = largest().calls().stream().map(this::growth).toList();
        print(
                "%nµs with %s sessions%n",
                stores.stream().map(SizedStore::sessions).toList());
        lines.forEach(each -> print("%s%n", each.line(ON_PAPER)));
        for (StoreCall call : largest().calls()) {
            for (SizedStore store : stores) {
                row(call.name(), store, store.median(call.name()), "µs");
                row(call.name() + ", p99", store, store.late(call.name()), "µs");
            }
            report.add(Goal.atMost(
                    "scale-" + call.name().replaceAll("\\W+", "-"), growth(call).perFactorTen(), call.bound()));
        }
        report.publish(results, System.out, new GrowthChart("sessions", "µs", lines).svg());
    }

    private Growth growth(StoreCall call) {
        TreeMap<Long, Double> medians = new TreeMap<>();
        stores.forEach(store -> medians.put(store.sessions(), store.median(call.name())));
        return new Growth(call.name(), medians);
    }

    private SizedStore largest() {
        return stores.get(stores.size() - 1);
    }

    private void row(String name, SizedStore store, double value, String unit) {
        report.add(new Row(String.format(Locale.ROOT, "%s, %,d", name, store.sessions()), value, unit));
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
