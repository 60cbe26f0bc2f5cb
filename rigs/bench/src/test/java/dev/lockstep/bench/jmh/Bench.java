package dev.lockstep.bench.jmh;

import dev.lockstep.bench.Goal;
import dev.lockstep.bench.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code ./mvnw -Pbench verify}: all benchmarks within one JVM at a time, then the table and the
 * goals. System properties: {@code bench.quick}, {@code bench.only} (parts of names of
 * benchmarks, separated by commas; without the others some goals have no value), {@code
 * bench.profiler}, {@code bench.directory}; and {@code bench.against}, for {@link SideBySide}
 * instead.
 */
public final class Bench {

    private static final List<String> BACKENDS =
            List.of("infinispan", "hotrod", "redis", "lmdb", "sqlite", "postgresql");

    private static final String NEAR = "lockstep near hit";
    private static final String NEAR_EACH = NEAR + ", each timed";
    private static final String FLOOR_EACH = "floor of a near hit, each timed";
    private static final String FORGED = "lockstep forged token";
    private static final String FORGED_BEHIND = FORGED + ", behind lmdb";
    private static final String NEAR_MILLION = NEAR + " of 1,000,000 copies";
    private static final String RAW_MILLION = "raw Caffeine get of 1,000,000";
    private static final String FLOOR_MILLION = "floor of a near hit of 1,000,000";
    private static final String MILLION = "1000000";

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        boolean quick = Boolean.getBoolean("bench.quick");
        String other = System.getProperty("bench.against", "");
        if (!other.isEmpty()) {
            new SideBySide(Path.of(other), System.out).run(Effort.FULL, quick ? 3 : 15);
            System.exit(0);
        }
        List<String> only = Arrays.stream(System.getProperty("bench.only", "").split(","))
                .filter(part -> !part.isEmpty())
                .toList();
        Report report = new Report("bench");
        Series series = new Series(
                cases().stream().filter(it -> isWanted(it.name(), only)).toList(), System.out);
        series.run(quick ? Effort.QUICK : Effort.FULL);
        series.rows().forEach(report::add);
        goals(series).forEach(report::add);
        for (Part part : Part.ALL) {
            if (isWanted(part.name(), only)) {
                System.out.println(part.name());
                part.measure(report, quick);
            }
        }
        Path directory = Path.of(System.getProperty("bench.directory"));
        report.publish(directory, System.out);
        PerRequest.draw(report.rows(), directory);
        System.exit(0);
    }

    private static boolean isWanted(String name, List<String> only) {
        return only.isEmpty() || only.stream().anyMatch(name::contains);
    }

    /** What is compared stands side by side, since the machine changes with time. */
    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>(List.of(
                Case.batched("header, made by the server", Header.class),
                Case.batched("floor of a near hit", Floor.class),
                Case.batched(NEAR, NearHit.class),
                Case.batched(FORGED, Forged.class),
                Case.batched(FORGED_BEHIND, Forged.class, "backend", "lmdb"),
                Case.batched("Spring Session map", Spring.class, "repository", "map"),
                Case.batched("Shiro, memory DAO", Shiro.class),
                Case.batched("Shiro, memory DAO, handle only", Shiro.class, "result", "handle"),
                Case.single("SmallRye JWT", Jwt.class),
                Case.batched("raw Caffeine get of 1,000", RawGet.class),
                Case.batched(RAW_MILLION, RawGet.class, "sessions", MILLION),
                Case.batched(NEAR_MILLION, NearHit.class, "sessions", MILLION),
                Case.batched(FLOOR_MILLION, Floor.class, "sessions", MILLION),
                Case.batched("chain of 1 load among 1,000,000", Chain.class, "loads", "1"),
                Case.batched("chain of 4 loads among 1,000,000", Chain.class, "loads", "4"),
                Case.batched("lockstep near hit, 1,000,000 revoked", NearHit.class, "revoked", MILLION),
                Case.batched("decoding of a copy", Unsealing.class, "way", "decoding"),
                Case.batched("AES-GCM opening and decoding of a copy", Unsealing.class, "way", "floor"),
                Case.batched("lockstep opening and decoding of a copy", Unsealing.class),
                Case.single(FLOOR_EACH, Floor.class),
                Case.single(NEAR_EACH, NearHit.class)));
        for (String name : BACKENDS) {
            cases.add(Case.single("raw " + name, Shared.class, "backend", name, "way", "floor"));
            cases.add(Case.single("raw and sealed " + name, Shared.class, "backend", name, "way", "sealed"));
            cases.add(Case.single("lockstep " + name, Shared.class, "backend", name));
        }
        cases.add(Case.single("Spring Session Redis", Spring.class, "repository", "redis"));
        cases.add(Case.single("Spring Session JDBC", Spring.class, "repository", "jdbc"));
        cases.add(Case.single("lockstep store read", StoreRead.class));
        cases.add(Case.single("introspection over loopback", Introspection.class));
        for (String each : JwtVerifier.LIBRARIES) {
            cases.add(Case.batched("HS256 by " + each, Jwt.class, "library", each, "algorithm", "HS256"));
            cases.add(Case.single("RS256 by " + each, Jwt.class, "library", each, "algorithm", "RS256"));
        }
        return cases;
    }

    private static List<Goal> goals(Series series) {
        double scaled = series.ratio(NEAR_MILLION, RAW_MILLION) / series.ratio(NEAR, "raw Caffeine get of 1,000");
        Stream<Goal> first = Stream.of(
                Goal.atMost("near-hit", series.ratio(NEAR, "floor of a near hit"), 0.85),
                Goal.atMost("near-hit-bytes", series.bytes(NEAR) - series.bytes("header, made by the server"), 200),
                Goal.atMost("forged-token", series.nanos(FORGED) / 1_000, 1),
                Goal.stated("forged-token-behind-lmdb", series.nanos(FORGED_BEHIND) / 1_000),
                Goal.atLeast("vs-jwt", series.ratio("SmallRye JWT", NEAR), 300),
                Goal.atLeast("vs-spring-session", series.ratio("Spring Session map", NEAR), 1.75),
                Goal.atLeast("vs-spring-session-redis", series.ratio("Spring Session Redis", "lockstep redis"), 1),
                Goal.atLeast("vs-spring-session-jdbc", series.ratio("Spring Session JDBC", "lockstep postgresql"), 1),
                Goal.atLeast("vs-shiro", series.ratio("Shiro, memory DAO", NEAR), 1.2));
        Stream<Goal> shared = BACKENDS.stream()
                .map(name -> Goal.atMost("shared-hit-" + name, series.ratio("lockstep " + name, "raw " + name), 1.25));
        Stream<Goal> sealed = BACKENDS.stream()
                .map(name -> Goal.atMost(
                        "sealed-hit-" + name, series.ratio("lockstep " + name, "raw and sealed " + name), 1.25));
        Stream<Goal> scale = Stream.of(
                Goal.atMost("near-hit-million", series.ratio(NEAR_MILLION, RAW_MILLION), 2),
                Goal.stated("near-hit-million-to-floor", series.ratio(NEAR_MILLION, FLOOR_MILLION)),
                Goal.stated("near-hit-tail", series.tail(NEAR_EACH)),
                Goal.stated("near-hit-tail-of-floor", series.tail(FLOOR_EACH)),
                Goal.atMost("scale-sessions", scaled, 1.3),
                Goal.atMost("scale-facts", series.ratio("lockstep near hit, 1,000,000 revoked", NEAR), 1.5));
        return Stream.of(first, shared, sealed, scale).flatMap(it -> it).toList();
    }
}
