package dev.lockstep;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Unmodifiable sets and maps of texts, which nobody makes slow by a choice of texts with equal hash
 * codes. The JDK's ({@link Set#of}, {@link Set#copyOf}) are the smallest there are, but look for a
 * place one by one: 32,768 such texts took them seconds. They are used for few elements, a hash
 * table whose full places become trees for more.
 */
final class FloodResistant {

    /** At worst some five hundred comparisons, of which each costs nanoseconds. */
    static final int FEW = 32;

    private FloodResistant() {}

    /** A set of the same elements, none of them null; the same one, if it is one of these. */
    static Set<String> copyOf(Set<String> texts) {
        if (texts.size() <= FEW) {
            return Set.copyOf(texts);
        }
        return texts instanceof ManyTexts ? texts : new ManyTexts(texts);
    }

    /** A map of the same entries, without nulls; the same one, if it is one of these. */
    static Map<String, String> copyOf(Map<String, String> texts) {
        if (texts.size() <= FEW) {
            return Map.copyOf(texts);
        }
        return texts instanceof ManyEntries ? texts : new ManyEntries(texts);
    }

    private static final class ManyTexts extends AbstractSet<String> {

        private final Set<String> texts;

        ManyTexts(Set<String> texts) {
            this.texts = Collections.unmodifiableSet(new HashSet<>(texts));
            this.texts.forEach(Objects::requireNonNull);
        }

        @Override
        public Iterator<String> iterator() {
            return texts.iterator();
        }

        @Override
        public int size() {
            return texts.size();
        }

        @Override
        public boolean contains(Object text) {
            return texts.contains(text);
        }
    }

    private static final class ManyEntries extends AbstractMap<String, String> {

        private final Map<String, String> entries;

        ManyEntries(Map<String, String> entries) {
            this.entries = Collections.unmodifiableMap(new HashMap<>(entries));
            this.entries.forEach((name, value) -> {
                Objects.requireNonNull(name);
                Objects.requireNonNull(value);
            });
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            return entries.entrySet();
        }

        @Override
        public boolean containsKey(Object name) {
            return entries.containsKey(name);
        }

        @Override
        public @Nullable String get(Object name) {
            return entries.get(name);
        }
    }
}
