package dev.lockstep.bench;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Gathers rows and goals; prints the table, then the goals, and writes both as JSON, and a chart.
 * One thread's.
 */
public final class Report {

    private final String name;
    private final List<Row> rows = new ArrayList<>();
    private final List<Goal> goals = new ArrayList<>();

    /** @param name of the files */
    public Report(String name) {
        this.name = name;
    }

    public List<Row> rows() {
        return List.copyOf(rows);
    }

    public void add(Row row) {
        rows.add(row);
    }

    public void add(Goal goal) {
        goals.add(goal);
    }

    /** Writes the files, then prints; the goals last. */
    public void publish(Path directory, PrintStream out) throws IOException {
        publish(directory, out, new Chart("", rows).svg());
    }

    /** With another chart than that of the rows. */
    public void publish(Path directory, PrintStream out, String chart) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(name + ".json"), json());
        Files.writeString(directory.resolve(name + ".svg"), chart);
        out.println();
        out.println(Machine.describe());
        out.println();
        rows.forEach(row -> out.println(line(row)));
        out.println();
        goals.forEach(goal -> out.println(goal.line()));
        out.flush();
    }

    private static String line(Row row) {
        String bytes = Double.isNaN(row.bytes()) ? "" : String.format(Locale.ROOT, "%,12.0f B", row.bytes());
        return String.format(Locale.ROOT, "%-52s %,14.1f %-8s%s", row.name(), row.value(), row.unit(), bytes)
                .stripTrailing();
    }

    private String json() {
        JsonArrayBuilder allRows = Json.createArrayBuilder();
        rows.forEach(row -> allRows.add(json(row)));
        JsonArrayBuilder allGoals = Json.createArrayBuilder();
        goals.forEach(goal -> allGoals.add(json(goal)));
        return Json.createObjectBuilder()
                .add("machine", Machine.describe())
                .add("rows", allRows)
                .add("goals", allGoals)
                .build()
                .toString();
    }

    private static JsonObjectBuilder json(Row row) {
        JsonObjectBuilder object =
                Json.createObjectBuilder().add("name", row.name()).add("unit", row.unit());
        add(object, "value", row.value());
        add(object, "bytes", row.bytes());
        return object;
    }

    private static JsonObjectBuilder json(Goal goal) {
        JsonObjectBuilder object = Json.createObjectBuilder()
                .add("name", goal.name())
                .add("sense", goal.sense().name())
                .add("bound", goal.bound())
                .add("met", goal.isMet());
        add(object, "value", goal.value());
        return object;
    }

    private static void add(JsonObjectBuilder object, String name, double number) {
        if (Double.isFinite(number)) {
            object.add(name, number);
        }
    }
}
