package dev.lockstep.web;

import dev.lockstep.config.PathPattern;
import dev.lockstep.config.WebConfig;
import dev.lockstep.config.WebConfig.GroupRule;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * {@code lockstep.web.permit}, {@code require} and {@code confirm}. Immutable. Doubt closes: what permits must match to
 * the letter a path that has but one reading; what requires or confirms matches leniently, and any ambiguous path.
 */
final class AccessRules {

    private final List<PathPattern> permit;
    private final List<GroupRule> require;
    private final List<PathPattern> confirm;

    AccessRules(WebConfig config) {
        permit = config.permit();
        require = config.require();
        confirm = config.confirm();
    }

    /** Whether a path needs no identity: the most specific pattern that matches it is one of {@code permit}. */
    boolean permits(RequestPath path) {
        if (permit.isEmpty() || path.shape() != PathShape.PLAIN) {
            return false;
        }
        int opened = -1;
        for (PathPattern pattern : permit) {
            if (pattern.matches(path.text())) {
                opened = Math.max(opened, specificity(pattern));
            }
        }
        return opened > closed(path);
    }

    /** Whether the store is to be asked. */
    boolean confirms(RequestPath path) {
        for (PathPattern pattern : confirm) {
            if (applies(pattern, path)) {
                return true;
            }
        }
        return false;
    }

    /** Whether these groups meet every rule that applies. */
    boolean allow(RequestPath path, Set<String> groups) {
        for (GroupRule rule : require) {
            if (applies(rule.pattern(), path) && Collections.disjoint(rule.groups(), groups)) {
                return false;
            }
        }
        return true;
    }

    private int closed(RequestPath path) {
        int closed = -1;
        for (GroupRule rule : require) {
            if (applies(rule.pattern(), path)) {
                closed = Math.max(closed, specificity(rule.pattern()));
            }
        }
        return closed;
    }

    private static boolean applies(PathPattern pattern, RequestPath path) {
        return path.shape() == PathShape.AMBIGUOUS || pattern.mayMatch(path.text());
    }

    private static int specificity(PathPattern pattern) {
        return pattern.isPrefix() ? pattern.text().length() : Integer.MAX_VALUE;
    }
}
