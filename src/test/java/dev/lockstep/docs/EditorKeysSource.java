package dev.lockstep.docs;

import dev.lockstep.spi.Setting;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The source of the class that tells editors the keys: see {@code docs/decisions.md}. */
final class EditorKeysSource {

    private static final int WIDTH = 100;
    private static final int LINE = 120;
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");
    private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

    private EditorKeysSource() {}

    static String source(Map<String, Setting<?>> settings) {
        StringBuilder source = new StringBuilder("""
                package dev.lockstep.config;

                import org.eclipse.microprofile.config.inject.ConfigProperty;

                /**
                 * The keys of all settings for editors, which look for them in annotations of the
                 * classes of libraries. A test writes them from the declarations, each of which is
                 * a {@link dev.lockstep.spi.Setting}; the running product does not read them.
                 */
                @SuppressWarnings("NullAway.Init") // never instantiated
                final class EditorKeys {

                    private EditorKeys() {}
                """);
        settings.forEach((key, setting) -> source.append(field(key, setting)));
        return source.append("}\n").toString();
    }

    private static String field(String key, Setting<?> setting) {
        return "\n" + comment(setting) + annotation(key, setting) + "    "
                + setting.values().type().getSimpleName() + " " + name(key) + ";\n";
    }

    private static String annotation(String key, Setting<?> setting) {
        List<String> members = byDefault(setting)
                .map(value -> List.of("name = \"" + key + "\"", "defaultValue = \"" + value + "\""))
                .orElse(List.of("name = \"" + key + "\""));
        String line = "    @ConfigProperty(" + String.join(", ", members) + ")\n";
        return line.length() <= LINE + 1
                ? line
                : "    @ConfigProperty(\n            " + String.join(",\n            ", members) + ")\n";
    }

    private static Optional<String> byDefault(Setting<?> setting) {
        return Optional.of(setting.shownDefault())
                .filter(shown -> !shown.isEmpty() && !(setting.byDefault() instanceof Optional<?>));
    }

    /** Without the common prefix, in camel case. */
    private static String name(String key) {
        return Pattern.compile("[.-](.)")
                .matcher(key.substring(key.indexOf('.') + 1))
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }

    private static String comment(Setting<?> setting) {
        String text = javadoc(setting.meaning()) + "; accepted: "
                + javadoc(setting.values().range()) + ".";
        String whole = Character.toUpperCase(text.charAt(0)) + text.substring(1);
        String line = "    /** " + whole + " */";
        return line.length() <= WIDTH ? line + "\n" : "    /**\n" + wrapped(whole) + "     */\n";
    }

    private static String javadoc(String markdown) {
        String text = LINK.matcher(markdown).replaceAll("$1");
        return CODE.matcher(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
                .replaceAll("{@code $1}");
    }

    private static String wrapped(String text) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder("     *");
        for (String word : text.split(" ")) {
            if (line.length() + 1 + word.length() > WIDTH) {
                lines.append(line).append('\n');
                line = new StringBuilder("     *");
            }
            line.append(' ').append(word);
        }
        return lines.append(line).append('\n').toString();
    }
}
