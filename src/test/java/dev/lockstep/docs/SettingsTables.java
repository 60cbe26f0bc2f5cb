package dev.lockstep.docs;

import dev.lockstep.spi.Setting;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables of settings in the documentation. A page says where one is, by what its keys begin
 * with:
 *
 * <pre>
 * {@code <!-- settings: lockstep.cache lockstep.near -->
 * …
 * <!-- end of settings -->
 * }</pre>
 *
 * A key is in the table that names most of it.
 */
final class SettingsTables {

    private static final Pattern TABLE =
            Pattern.compile("(?s)(<!-- settings: ([^>]*) -->\\n).*?(<!-- end of settings -->)");

    private final Map<String, Setting<?>> settings;
    private final List<String> beginnings;

    SettingsTables(Map<String, Setting<?>> settings) {
        this.settings = settings;
        this.beginnings = Block.pages().stream()
                .flatMap(page -> TABLE.matcher(Block.read(page)).results())
                .flatMap(SettingsTables::beginnings)
                .toList();
    }

    /** The keys that no table is for. */
    List<String> withoutTable() {
        return settings.keySet().stream()
                .filter(key -> beginning(key).isEmpty())
                .toList();
    }

    /** A page with the tables that it should have. */
    String page(Path page) {
        return TABLE.matcher(Block.read(page))
                .replaceAll(table -> Matcher.quoteReplacement(table.group(1) + table(table) + table.group(3)));
    }

    private String table(MatchResult table) {
        List<String> ours = beginnings(table).toList();
        return settings.entrySet().stream()
                .filter(entry ->
                        beginning(entry.getKey()).filter(ours::contains).isPresent())
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(
                        "", "| key | default | accepted | meaning |\n| --- | --- | --- | --- |\n", ""));
    }

    private static Stream<String> beginnings(MatchResult table) {
        return Stream.of(table.group(2).split(" "));
    }

    /** The longest of all tables'. */
    private Optional<String> beginning(String key) {
        return beginnings.stream()
                .filter(beginning -> key.equals(beginning) || key.startsWith(beginning + "."))
                .max(Comparator.comparingInt(String::length));
    }

    private static String row(String key, Setting<?> setting) {
        return Stream.of("`" + key + "`", byDefault(setting), setting.values().range(), setting.meaning())
                .map(cell -> cell.isEmpty() ? " |" : " " + cell + " |")
                .collect(Collectors.joining("", "|", "\n"));
    }

    private static String byDefault(Setting<?> setting) {
        String shown = setting.shownDefault();
        return shown.isEmpty() || setting.byDefault() instanceof Optional<?> ? shown : "`" + shown + "`";
    }
}
