package dev.lockstep.schedules;

import dev.lockstep.process.Jdk;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Tries the schedules of each race twice: with the product as it is, where what must hold does, and
 * with a race planted in it, where a schedule must break that.
 */
public final class Schedules {

    private static final Path BROKEN = Path.of("rigs/schedules/target/broken");
    private static final Path OUTPUT = Path.of("rigs/schedules/target/output");
    private static final double NANOS = 1e9;

    /** For one race: it takes some seconds. */
    private static final int MINUTES = 5;

    private final String only = System.getProperty("schedules.only", "");
    private final String tried = System.getProperty("schedules.tried", "300");
    private final List<String> wrong = new ArrayList<>();

    private Schedules() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(new Schedules().isWell() ? 0 : 1);
    }

    private boolean isWell() throws IOException, InterruptedException {
        Files.createDirectories(OUTPUT);
        List<Race> races = Arrays.stream(Race.values())
                .filter(race -> race.spelling().contains(only))
                .toList();
        if (races.isEmpty()) {
            wrong.add("schedules: no race is called " + only + " (-Dschedules.only)");
        }
        for (Race race : races) {
            judge(race);
        }
        wrong.forEach(System.out::println);
        return wrong.isEmpty();
    }

    private void judge(Race race) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        int intact = run(race, List.of(), race.spelling());
        Path broken = BROKEN.resolve(race.spelling());
        race.planted().writeTo(broken);
        int planted = run(race, List.of(broken.toString()), race.spelling() + "-planted");
        if (intact != 0) {
            wrong.add("schedules: " + race.spelling() + " fails: " + OUTPUT.resolve(race.spelling() + ".txt"));
        }
        if (planted != OneRace.FOUND) {
            wrong.add("schedules: " + race.spelling() + ": the planted race was not found");
        }
        System.out.printf(
                "schedules: %-18s %s, a planted race %s, in %.0f s%n",
                race.spelling(),
                intact == 0 ? "holds" : "FAILS",
                planted == OneRace.FOUND ? "found" : "NOT FOUND",
                (System.nanoTime() - begun) / NANOS);
    }

    private int run(Race race, List<String> first, String name) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Jdk.program("java"),
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-classpath",
                        classPath(first),
                        OneRace.class.getName(),
                        race.scenario(),
                        tried)
                .redirectErrorStream(true)
                .redirectOutput(OUTPUT.resolve(name + ".txt").toFile())
                .start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
        }
        return process.exitValue();
    }

    private static String classPath(List<String> first) {
        List<String> all = new ArrayList<>(first);
        all.add(System.getProperty("java.class.path"));
        return String.join(File.pathSeparator, all);
    }
}
