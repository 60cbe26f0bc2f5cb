package dev.lockstep.endpoints.page;

import dev.lockstep.endpoints.routing.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A language that the pages speak, and its texts; scripts read the same file. Immutable.
 *
 * @param tag as in the attribute {@code lang}
 */
record Language(String tag, JsonObject texts) {

    /**
     * Characters of a header that is read: those of some thirty languages. What the JDK spends on
     * one grows with its cube, seconds for some thousands of characters, and anybody may send it.
     */
    private static final int LONGEST = 256;

    private static final Language ENGLISH = read("en");

    /** The first is for whoever understands none. */
    static final List<Language> ALL = List.of(ENGLISH, read("de"));

    /**
     * The one that a reader likes best (RFC 4647, section 3.4).
     *
     * @param accepted the header {@code Accept-Language}; English where it says nothing useful,
     *     or is longer than any browser's
     */
    static Language of(String accepted) {
        @Nullable
        Locale best = Locale.lookup(
                ranges(accepted), ALL.stream().map(Language::locale).toList());
        return ALL.stream()
                .filter(each -> each.locale().equals(best))
                .findFirst()
                .orElse(ENGLISH);
    }

    /** @throws NullPointerException if there is none by that key */
    String text(String key) {
        return Objects.requireNonNull(texts.getString(key), key);
    }

    private Locale locale() {
        return Locale.forLanguageTag(tag);
    }

    private static List<LanguageRange> ranges(String accepted) {
        if (accepted.isEmpty() || accepted.length() > LONGEST) {
            return List.of();
        }
        try {
            return LanguageRange.parse(accepted);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // the latter, which nobody documents, for a range of hyphens alone
            return List.of();
        }
    }

    private static Language read(String tag) {
        return new Language(tag, Json.parse(new String(Asset.bytes("texts." + tag + ".json"), StandardCharsets.UTF_8)));
    }
}
