import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the Spin models of a directory and fails unless every model holds, every mutation is refuted
 * and every witness is found. Started from source: {@code java Models.java <directory of models>
 * <directory for output>}.
 *
 * <p>A model declares what is to be run in its first comment, in the sections {@code Bounds},
 * {@code Mutations} and {@code Witnesses}. It must hold under each of its bounds, searched
 * exhaustively, and under them every statement must be reached. A mutation (a build with
 * {@code -DMUT_NAME}) and a witness ({@code -DSEE -DSEE_NAME}) must violate an assertion under one
 * of them.
 *
 * <p>System properties: {@code model.only} (names of models, separated by commas),
 * {@code model.jobs} (runs at a time), {@code model.deep} (also the bounds of the section
 * {@code Deep}).
 */
public final class Models {

    private static final int MEGABYTES = 1500;
    private static final int DEEP_MEGABYTES = 6000;
    private static final int DEPTH = 200_000;
    private static final Duration DEADLINE = Duration.ofMinutes(20);

    private final Path models;
    private final Path output;
    private final ExecutorService jobs;
    private final List<String> problems = new ArrayList<>();

    private Models(Path models, Path output, ExecutorService jobs) {
        this.models = models;
        this.output = output;
        this.jobs = jobs;
    }

    public static void main(String[] arguments) throws Exception {
        requireTool("spin", "spin", "-V");
        requireTool("cc", "gcc and libc6-dev", "--version");
        int processors = Runtime.getRuntime().availableProcessors();
        ExecutorService jobs = Executors.newFixedThreadPool(Integer.getInteger("model.jobs", Math.min(2, processors)));
        try {
            Models all = new Models(Path.of(arguments[0]).toAbsolutePath(), Path.of(arguments[1]), jobs);
            System.exit(all.run() ? 0 : 1);
        } finally {
            jobs.shutdownNow();
        }
    }

    private static void requireTool(String tool, String packages, String option) throws InterruptedException {
        try {
            new ProcessBuilder(tool, option)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException absent) {
            System.err.println("models: " + tool + " is not installed; on Debian: apt-get install "
                    + packages.replace(" and ", " "));
            System.exit(1);
        }
    }

    private boolean run() throws IOException {
        long start = System.nanoTime();
        String only = System.getProperty("model.only", "");
        List<Model> chosen;
        try (Stream<Path> files = Files.list(models)) {
            chosen = files.filter(file -> file.toString().endsWith(".pml"))
                    .sorted()
                    .map(Models::read)
                    .filter(model -> only.isBlank() || List.of(only.split(",")).contains(model.name()))
                    .toList();
        }
        if (chosen.isEmpty()) {
            problems.add("no model found in " + models + " for '" + only + "'");
        }
        chosen.forEach(this::checkDeclarations);
        List<Report> reports = chosen.stream().map(this::start).toList();
        reports.forEach(Report::print);
        problems.forEach(problem -> System.out.println("FAILED " + problem));
        System.out.printf(
                Locale.ROOT,
                "models: %d hold, %d mutations refuted, %d witnesses found, %d problems, %d s%n",
                chosen.size(),
                chosen.stream().mapToInt(model -> model.mutations().size()).sum(),
                chosen.stream().mapToInt(model -> model.witnesses().size()).sum(),
                problems.size(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
        return problems.isEmpty();
    }

    // ---- what a model declares

    private record Model(
            String name,
            Path file,
            String text,
            List<String> bounds,
            List<String> deep,
            Set<String> mutations,
            Set<String> witnesses) {}

    private static Model read(Path file) {
        try {
            String text = Files.readString(file);
            String name = file.getFileName().toString().replace(".pml", "");
            Map<String, List<String>> sections = sections(text.substring(0, text.indexOf("*/")));
            return new Model(
                    name,
                    file,
                    text,
                    sections.getOrDefault("Bounds", List.of("")),
                    sections.getOrDefault("Deep", List.of()),
                    names(sections.getOrDefault("Mutations", List.of())),
                    names(sections.getOrDefault("Witnesses", List.of())));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The indented lines below each heading of the comment. */
    private static Map<String, List<String>> sections(String comment) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : comment.lines().toList()) {
            Matcher heading = Pattern.compile(" \\* (\\w+)").matcher(line);
            Matcher entry = Pattern.compile(" \\*   (\\S.*)").matcher(line);
            if (heading.matches()) {
                current = sections.computeIfAbsent(heading.group(1), key -> new ArrayList<>());
            } else if (entry.matches()) {
                current.add(entry.group(1).strip());
            }
        }
        return sections;
    }

    private static Set<String> names(List<String> entries) {
        Stream<String> names = entries.stream().map(entry -> entry.split("\\s+")[0]);
        return names.collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * What is declared must be there, what is there must be declared, and the README must explain
     * each mutation.
     */
    private void checkDeclarations(Model model) {
        compare(model.name() + ": mutations", model.mutations(), used(model.text(), "MUT_"));
        compare(model.name() + ": witnesses", model.witnesses(), used(model.text(), "SEE_"));
        try {
            String readme = Files.readString(models.resolve("README.md"));
            model.mutations().stream()
                    .filter(name -> !readme.contains("`" + name + "`"))
                    .forEach(name -> problems.add(model.name() + ": README.md doesn't explain " + name));
        } catch (IOException absent) {
            problems.add("README.md can't be read: " + absent);
        }
    }

    private static Set<String> used(String text, String prefix) {
        return found("\\b" + prefix + "(\\w+)", text);
    }

    /** What the pattern's group is, wherever it is found. */
    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void compare(String what, Set<String> declared, Set<String> used) {
        if (!new TreeSet<>(declared).equals(used)) {
            problems.add(what + " declared " + new TreeSet<>(declared) + " but used " + used);
        }
    }

    // ---- what is run

    private Report start(Model model) {
        Report report = new Report(model);
        model.bounds().forEach(bounds -> report.intact.add(intact(model, bounds, MEGABYTES)));
        if (Boolean.getBoolean("model.deep")) {
            model.deep().forEach(bounds -> report.intact.add(intact(model, bounds, DEEP_MEGABYTES)));
        }
        model.mutations().forEach(name -> report.mutations.put(name, violated(model, "-DMUT_" + name)));
        model.witnesses().forEach(name -> report.witnesses.put(name, violated(model, "-DSEE", "-DSEE_" + name)));
        return report;
    }

    private CompletableFuture<Result> intact(Model model, String bounds, int megabytes) {
        return CompletableFuture.supplyAsync(() -> check(model, bounds, List.of(), megabytes), jobs);
    }

    /** Tries the bounds one after the other. */
    private CompletableFuture<Result> violated(Model model, String... macros) {
        return CompletableFuture.supplyAsync(
                () -> {
                    Result result = null;
                    for (String bounds : model.bounds()) {
                        result = check(model, bounds, List.of(macros), MEGABYTES);
                        if (result.violated()) {
                            return result;
                        }
                    }
                    return result;
                },
                jobs);
    }

    private Result check(Model model, String bounds, List<String> macros, int megabytes) {
        long start = System.nanoTime();
        try {
            List<String> defines = new ArrayList<>(macros);
            Stream.of(bounds.split("\\s+")).filter(macro -> !macro.isEmpty()).forEach(defines::add);
            String run = model.name() + String.join("", defines).replaceAll("[^A-Z0-9_=-]", "");
            Path work = output.toAbsolutePath().resolve(run.replace("-D", "."));
            deleteTree(work);
            Files.createDirectories(work);
            List<String> spin = new ArrayList<>(List.of("spin", "-a"));
            spin.addAll(defines);
            spin.add(model.file().toString());
            String said = execute(work, spin);
            if (said.contains("Error:") || !Files.exists(work.resolve("pan.c"))) {
                return new Result(bounds, start, work, "spin: " + firstLine(said));
            }
            // What must hold is searched depth first in compressed states, what must fail breadth
            // first: the shortest way
            List<String> search = macros.isEmpty() ? List.of("-O2", "-DCOLLAPSE") : List.of("-O1", "-DBFS");
            List<String> compile = new ArrayList<>(List.of("cc", "-w", "-DSAFETY", "-DMEMLIM=" + megabytes));
            compile.addAll(search);
            compile.addAll(List.of("-o", "pan", "pan.c"));
            said = execute(work, compile);
            if (!Files.exists(work.resolve("pan"))) {
                return new Result(bounds, start, work, "cc: " + firstLine(said));
            }
            // -E: a process that waits for ever is one that was paused or killed
            String pan = execute(work, List.of("./pan", "-E", "-m" + DEPTH));
            Files.delete(work.resolve("pan"));
            Files.writeString(work.resolve("pan.out"), pan);
            Result result = new Result(bounds, start, work, pan);
            if (macros.isEmpty() != result.violated()) {
                deleteTree(work);
            }
            return result;
        } catch (IOException | InterruptedException | IllegalStateException broken) {
            return new Result(bounds, start, output, broken.toString());
        }
    }

    private static String firstLine(String said) {
        return said.lines().findFirst().orElse("no output");
    }

    private static String execute(Path work, List<String> command) throws IOException, InterruptedException {
        Path out = work.resolve("out.txt");
        Process process = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(command.get(0) + " took longer than " + DEADLINE);
            }
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(out);
    }

    private static void deleteTree(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    // ---- what came out

    /** What pan printed at the end of one search. */
    private record Result(String bounds, double seconds, Path work, String printed) {

        Result(String bounds, long start, Path work, String printed) {
            this(bounds, (System.nanoTime() - start) / 1e9, work, printed);
        }

        boolean complete() {
            return number("errors: (\\d+)") == 0
                    && printed.contains("Full statespace search")
                    && !printed.contains("Search not completed")
                    && !printed.contains("too small");
        }

        boolean violated() {
            return number("errors: (\\d+)") == 1 && printed.contains("assertion violated");
        }

        double number(String pattern) {
            Matcher matcher = Pattern.compile(pattern).matcher(printed);
            return matcher.find() ? Double.parseDouble(matcher.group(1)) : -1;
        }

        /** Statements that the search never came to, as file:line. */
        Set<String> unreached() {
            return found("\\t(?:.+/)?([^/]+\\.pml:\\d+), state \\d+, \"(?!-end-)", printed);
        }

        String size() {
            return String.format(
                    Locale.ROOT,
                    "%,.0f states, depth %,.0f, %.1f s, %.0f MB",
                    number("([\\d.e+]+) states, stored"),
                    number("depth reached (\\d+)"),
                    seconds,
                    number("([\\d.]+)\\s+total actual memory usage"));
        }

        String why() {
            return printed.lines()
                            .filter(line ->
                                    line.matches("pan:.*|spin:.*|cc:.*|error:.*|java.*|.*(not completed|too small).*"))
                            .findFirst()
                            .orElse("nothing was violated")
                    + " (" + work + ")";
        }
    }

    /** The runs of one model, printed in the order in which they were declared. */
    private final class Report {

        final Model model;
        final List<CompletableFuture<Result>> intact = new ArrayList<>();
        final Map<String, CompletableFuture<Result>> mutations = new LinkedHashMap<>();
        final Map<String, CompletableFuture<Result>> witnesses = new LinkedHashMap<>();

        Report(Model model) {
            this.model = model;
        }

        void print() {
            Set<String> unreached = null;
            for (CompletableFuture<Result> run : intact) {
                Result result = run.join();
                String name = (model.name() + " " + result.bounds()).strip();
                boolean holds = result.complete();
                say("%s: %s (%s)", name, holds ? "holds" : "DOES NOT HOLD", result.size());
                if (!holds) {
                    problems.add(name + " does not hold: " + result.why());
                }
                if (unreached == null) {
                    unreached = result.unreached();
                } else {
                    unreached.retainAll(result.unreached());
                }
            }
            if (unreached != null && !unreached.isEmpty()) {
                problems.add("never reached: " + unreached);
            }
            mutations.forEach((name, run) -> print("refuted", "NOT REFUTED", name, run.join()));
            witnesses.forEach((name, run) -> print("witnessed", "NOT WITNESSED", name, run.join()));
        }

        private void print(String done, String undone, String name, Result result) {
            say("  %s %s (in %.0f steps)", result.violated() ? done : undone, name, result.number("at depth (\\d+)"));
            if (!result.violated()) {
                problems.add(model.name() + ": " + undone.toLowerCase(Locale.ROOT) + " " + name + ": " + result.why());
            }
        }

        private void say(String format, Object... values) {
            System.out.printf(Locale.ROOT, format + "%n", values);
            System.out.flush();
        }
    }
}
