package dev.lockstep.config;

import dev.lockstep.web.path.PathPattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One rule of {@code lockstep.web.require}.
 *
 * @param pattern which paths; ambiguous ones count as matched
 * @param groups one of these is needed; not empty
 */
public record GroupRule(PathPattern pattern, Set<String> groups) {

    static final String ACCEPTED = "PATTERN=GROUP, the pattern as in lockstep.web.protect, more groups of which one is"
            + " enough after commas (/api/admin/*=admin,operator), and more rules after commas, each beginning with a"
            + " slash; a group with a comma, an equals sign or a slash at its beginning in quotes"
            + " (/api/admin/*=\"cn=ops,ou=people\")";

    private static final char QUOTE = '"';

    /**
     * @throws IllegalArgumentException if there is no group, or one is blank or holds a quote
     */
    public GroupRule {
        groups = Set.copyOf(groups);
        if (groups.isEmpty() || groups.stream().anyMatch(GroupRule::isMalformed)) {
            throw new IllegalArgumentException("no groups, or one that can't be");
        }
    }

    /** As it is configured, {@code /api/admin/*=admin,operator}; the groups in order. */
    @Override
    public String toString() {
        return pattern + "="
                + new TreeSet<>(groups).stream().map(GroupRule::quoted).collect(Collectors.joining(","));
    }

    /**
     * The texts of each rule: one that begins with a slash begins a rule, any other is one more
     * group of the rule before it.
     */
    static List<List<String>> join(List<String> texts) {
        List<List<String>> rules = new ArrayList<>();
        for (int from = 0, to; from < texts.size(); from = to) {
            to = endOfRule(texts, from);
            rules.add(texts.subList(from, to));
        }
        return rules;
    }

    /** @throws IllegalArgumentException if it is no rule */
    static GroupRule parse(List<String> texts) {
        String first = texts.get(0);
        int equals = first.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("no group");
        }
        Set<String> groups = new LinkedHashSet<>();
        groups.add(unquoted(first.substring(equals + 1).strip()));
        texts.stream().skip(1).map(GroupRule::unquoted).forEach(groups::add);
        return new GroupRule(PathPattern.parse(first.substring(0, equals)), groups);
    }

    private static int endOfRule(List<String> texts, int from) {
        int to = from + 1;
        while (to < texts.size() && !texts.get(to).startsWith("/")) {
            to++;
        }
        return to;
    }

    /**
     * A group as it is written. Without quotes it may hold no equals sign: that would be a rule
     * whose slash was forgotten.
     */
    private static String unquoted(String written) {
        int last = written.length() - 1;
        if (last > 0 && written.charAt(0) == QUOTE && written.charAt(last) == QUOTE) {
            return written.substring(1, last);
        }
        if (written.indexOf('=') >= 0) {
            throw new IllegalArgumentException("an equals sign without quotes");
        }
        return written;
    }

    private static String quoted(String group) {
        boolean needed = group.startsWith("/") || group.indexOf('=') >= 0 || group.indexOf(',') >= 0;
        return needed ? QUOTE + group + QUOTE : group;
    }

    private static boolean isMalformed(String group) {
        return group.isBlank() || group.indexOf(QUOTE) >= 0;
    }
}
