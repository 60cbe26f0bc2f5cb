package dev.lockstep.bench.jmh;

import dev.lockstep.bench.Chart;
import dev.lockstep.bench.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a service pays per request for knowing who calls, in one chart: with Lockstep, with signed
 * tokens by the quickest library of those that were measured, with introspection, with a session
 * store.
 */
final class PerRequest {

    private static final List<String> OTHERS =
            List.of("introspection over loopback", "Spring Session Redis", "Spring Session JDBC");
    private static final List<String> OURS =
            List.of("lockstep near hit", "lockstep infinispan", "lockstep redis", "lockstep store read");

    private PerRequest() {}

    /** The rows that were measured, the quickest first. */
    static List<Row> of(List<Row> rows) {
        return Stream.concat(
                        Stream.of("HS256", "RS256").flatMap(each -> quickest(rows, each).stream()),
                        rows.stream().filter(row -> OTHERS.contains(row.name()) || OURS.contains(row.name())))
                .sorted(Comparator.comparingDouble(Row::value))
                .toList();
    }

    static void draw(List<Row> rows, Path directory) throws IOException {
        Files.writeString(
                directory.resolve("per-request.svg"),
                new Chart("Who calls? What a request pays for that", of(rows)).svg());
    }

    private static Optional<Row> quickest(List<Row> rows, String algorithm) {
        return rows.stream()
                .filter(row -> row.name().startsWith(algorithm + " "))
                .min(Comparator.comparingDouble(Row::value));
    }
}
