package dev.lockstep.it.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What docs/howto/container-security.md says that each server makes of the caller. */
final class SecurityTable {

    private static final Path PAGE = Path.of("docs/howto/container-security.md");
    private static final String HEAD =
            "| | `filter`, WildFly | `filter`, Payara | `container`, WildFly | `container`, Payara |";

    private SecurityTable() {}

    /** The cells of a column, by their rows' names, of all tables that begin so. */
    static Map<String, String> column(String name) {
        Map<String, String> cells = new LinkedHashMap<>();
        int column = cells(HEAD).indexOf(name);
        boolean inside = false;
        for (String line : lines()) {
            inside = line.equals(HEAD) || (inside && line.startsWith("|"));
            if (inside && !line.equals(HEAD) && !line.startsWith("| ---")) {
                cells.put(cells(line).get(0), cells(line).get(column).replace("**", ""));
            }
        }
        return cells;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList();
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
