package dev.lockstep.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One rule of {@code lockstep.web.require}.
 *
 * @param pattern which paths; ambiguous ones count as matched
 * @param groups one of these is needed; not empty
 */
public record GroupRule(PathPattern pattern, Set<String> groups) {

    private static final String ACCEPTED = "PATTERN=GROUP, more groups of which one is enough after commas"
            + " (/api/admin/*=admin,operator), and more rules after commas, each beginning with a slash";

    /**
     * @throws IllegalArgumentException if there is no group, or one is empty or holds {@code =}
     */
    public GroupRule {
        groups = Set.copyOf(groups);
        if (groups.isEmpty() || groups.stream().anyMatch(GroupRule::isMalformed)) {
            throw new UnusableValue(pattern + "=" + String.join(",", new TreeSet<>(groups)), ACCEPTED);
        }
    }

    /** As it is configured, {@code /api/admin/*=admin,operator}; the groups in order. */
    @Override
    public String toString() {
        return pattern + "=" + String.join(",", new TreeSet<>(groups));
    }

    /**
     * Reads the elements of {@code lockstep.web.require}, as {@link #split} says.
     *
     * @throws IllegalArgumentException if an element can't be used; the message names what is
     *     accepted
     */
    public static List<GroupRule> parseAll(List<String> elements) {
        return split(elements).stream().map(GroupRule::parse).toList();
    }

    /**
     * The elements of each rule: one that begins with a slash begins a rule, any other is one more
     * group of the rule before it.
     */
    static List<List<String>> split(List<String> elements) {
        List<List<String>> rules = new ArrayList<>();
        for (int from = 0, to; from < elements.size(); from = to) {
            to = endOfRule(elements, from);
            rules.add(elements.subList(from, to));
        }
        return rules;
    }

    static GroupRule parse(List<String> elements) {
        String first = elements.get(0);
        int equals = first.indexOf('=');
        if (equals < 0) {
            throw new UnusableValue(first, ACCEPTED);
        }
        Set<String> groups = new LinkedHashSet<>();
        groups.add(first.substring(equals + 1).strip());
        elements.subList(1, elements.size()).forEach(group -> groups.add(group.strip()));
        return new GroupRule(PathPattern.parse(first.substring(0, equals)), groups);
    }

    private static int endOfRule(List<String> elements, int from) {
        int to = from + 1;
        while (to < elements.size() && !elements.get(to).strip().startsWith("/")) {
            to++;
        }
        return to;
    }

    private static boolean isMalformed(String group) {
        return group.isBlank() || group.indexOf('=') >= 0;
    }
}
