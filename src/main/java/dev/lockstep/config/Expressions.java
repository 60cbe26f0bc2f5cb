package dev.lockstep.config;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is missing in the property expressions of a value: {@code ${name}},
 * {@code ${name:default}}, nested as one likes, with a backslash before what is meant to the letter
 * (MicroProfile Config 3.1, "Property Expressions"). Implementations differ in what they make of a
 * name that is not defined: some drop the whole value, some only the expression, so that a list
 * silently loses an element.
 */
final class Expressions {

    private final Function<String, @Nullable String> rawValues;
    private final Set<String> visited = new TreeSet<>();
    private final Set<String> undefined = new TreeSet<>();

    private Expressions(Function<String, @Nullable String> rawValues) {
        this.rawValues = rawValues;
    }

    /**
     * The names that a value refers to, by itself or through others, and that have neither a value
     * nor a default.
     *
     * @param rawValues gives a property's value before it is expanded; null where nobody sets it
     */
    static Set<String> undefinedIn(String raw, Function<String, @Nullable String> rawValues) {
        Expressions expressions = new Expressions(rawValues);
        expressions.visit(raw);
        return expressions.undefined;
    }

    private void visit(String raw) {
        for (int at = 0; at < raw.length(); at++) {
            if (raw.charAt(at) == '\\') {
                at++;
            } else if (raw.startsWith("${", at)) {
                int end = endOf(raw, at + 2);
                resolve(raw.substring(at + 2, end));
                at = end;
            }
        }
    }

    private void resolve(String expression) {
        int colon = colonIn(expression);
        String name = colon < 0 ? expression : expression.substring(0, colon);
        if (name.contains("${")) {
            visit(name); // what it is the name of is known only after that
            return;
        }
        String raw = rawValues.apply(name);
        if (raw != null) {
            if (visited.add(name)) {
                visit(raw);
            }
        } else if (colon >= 0) {
            visit(expression.substring(colon + 1));
        } else {
            undefined.add(name);
        }
    }

    /** Where the brace is that closes an expression; the end of the text if there is none. */
    private static int endOf(String text, int from) {
        int open = 1;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (text.startsWith("${", at)) {
                open++;
            } else if (c == '}' && --open == 0) {
                return at;
            }
        }
        return text.length();
    }

    /** Where the default begins, outside of nested expressions; less than zero if there is none. */
    private static int colonIn(String expression) {
        for (int at = 0; at < expression.length(); at++) {
            if (expression.startsWith("${", at)) {
                at = endOf(expression, at + 2);
            } else if (expression.charAt(at) == ':') {
                return at;
            }
        }
        return -1;
    }
}
