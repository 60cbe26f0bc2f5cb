package dev.lockstep.map;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page that tells of the journeys: for each a count, and a table of its files. */
final class CodeMap {

    private static final Path PAGE = Path.of("docs/internals/code-map.md");
    private static final String SOURCES = "src/main/java/dev/lockstep/";
    private static final Pattern ROW = Pattern.compile("(?m)^\\| \\[`([\\w/]+)`]\\([^)]*\\) \\| (.*) \\|$");

    private String text;

    CodeMap() throws IOException {
        text = Files.readString(PAGE);
    }

    /** The files of a journey's table, each with what the page says of it. */
    Map<String, String> files(String name) {
        Matcher row = ROW.matcher(section(name).group(2));
        Map<String, String> files = new LinkedHashMap<>();
        while (row.find()) {
            files.put(row.group(1), row.group(2));
        }
        return files;
    }

    /** The sentence above the table. */
    String count(String name) {
        return section(name).group(2).strip().lines().findFirst().orElse("");
    }

    /**
     * Puts a journey in place of the one that is there. The order of files that are there already
     * stays, and what the page says of them; a new one comes behind the one that was entered
     * before.
     */
    void replace(String name, String count, Set<String> files) throws IOException {
        Map<String, String> said = files(name);
        String rows = inOrder(said.keySet(), files).stream()
                .map(file -> "| [`" + file + "`](../../" + SOURCES + file + ".java) | " + said.getOrDefault(file, "?")
                        + " |\n")
                .collect(Collectors.joining());
        Matcher section = section(name);
        text = text.substring(0, section.start(2))
                + "\n" + count + "\n\n| file | what it does here |\n| --- | --- |\n" + rows
                + text.substring(section.end(2));
        Files.writeString(PAGE, text);
    }

    private static List<String> inOrder(Set<String> present, Set<String> entered) {
        List<String> order = new ArrayList<>(present);
        order.retainAll(entered);
        int next = 0;
        for (String file : entered) {
            if (!order.contains(file)) {
                order.add(next, file);
            }
            next = order.indexOf(file) + 1;
        }
        return order;
    }

    private Matcher section(String name) {
        Matcher section = Pattern.compile("(?s)(<!-- journey: " + name + " -->\n)(.*?)\n(?=<!-- end -->)")
                .matcher(text);
        if (!section.find()) {
            throw new IllegalStateException(PAGE + " has no journey " + name);
        }
        return section;
    }
}
