package dev.lockstep.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The {@code lockstep.web} part of the configuration. Immutable.
 *
 * <p>Where {@code permit} and {@code require} both match a path, the more specific pattern decides (an exact one before
 * a prefix, a longer prefix before a shorter one), {@code require} if they are equal: permitting {@code /api/*} does not
 * open {@code /api/admin/*} if that requires a group.
 *
 * @param protect what needs a token; empty if the filter is not wanted
 * @param permit exceptions: passed on with an identity if there is one, and without if not
 * @param require groups needed; <b>every</b> rule that matches must be met, each by one of its groups
 * @param confirm where the store is asked about each request, whatever a cache holds
 * @param realm what the challenge names; printable ASCII
 * @param cors which scripts of other origins may call what is protected
 */
public record WebConfig(
        List<PathPattern> protect,
        List<PathPattern> permit,
        List<GroupRule> require,
        List<PathPattern> confirm,
        String realm,
        CorsConfig cors) {

    /** {@code lockstep.web.realm} where it is not configured. */
    public static final String DEFAULT_REALM = "lockstep";

    /**
     * @throws IllegalArgumentException if the realm is not printable ASCII, or a pattern of {@code permit}, {@code
     *     require} or {@code confirm} lies outside {@code protect}, where it would never be looked at
     */
    public WebConfig {
        protect = List.copyOf(protect);
        permit = List.copyOf(permit);
        require = List.copyOf(require);
        confirm = List.copyOf(confirm);
        checkedRealm(realm);
        permit.forEach(within(protect));
        require.stream().map(GroupRule::pattern).forEach(within(protect));
        confirm.forEach(within(protect));
    }

    /** No filter. */
    public static WebConfig unprotected() {
        return new WebConfig(List.of(), List.of(), List.of(), List.of(), DEFAULT_REALM, CorsConfig.none());
    }

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
         * @throws IllegalArgumentException if an element can't be used; the message names what is accepted
         */
        public static List<GroupRule> parseAll(List<String> elements) {
            return split(elements).stream().map(GroupRule::parse).toList();
        }

        /**
         * The elements of each rule: one that begins with a slash begins a rule, any other is one more group of the
         * rule before it.
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

    /** Names and values as they are configured, without the prefix. */
    @Override
    public String toString() {
        return "protect=" + protect + ", permit=" + permit + ", require=" + require + ", confirm=" + confirm
                + ", cors.origins=" + cors.origins();
    }

    static String checkedRealm(String realm) {
        if (realm.isBlank() || realm.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new UnusableValue(realm.replaceAll("[^ -~]", "?"), "printable ASCII, not blank");
        }
        return realm;
    }

    static PathPattern checkedWithin(List<PathPattern> protect, PathPattern pattern) {
        if (protect.stream().noneMatch(pattern::isWithin)) {
            throw new UnusableValue(
                    pattern.text(),
                    "patterns within lockstep.web.protect, since no other path is looked at; it "
                            + (protect.isEmpty() ? "is not set" : "is " + protect));
        }
        return pattern;
    }

    private static Consumer<PathPattern> within(List<PathPattern> protect) {
        return pattern -> checkedWithin(protect, pattern);
    }
}
