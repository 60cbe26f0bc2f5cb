package dev.lockstep.web;

import dev.lockstep.config.GroupRule;
import dev.lockstep.config.WebConfig;
import dev.lockstep.web.path.PathPattern;
import dev.lockstep.web.path.RequestPath;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The patterns of {@code lockstep.web}. Immutable. In doubt a path is closed: a pattern that
 * permits must match literally, and a path that has only one reading; one that protects, requires
 * or confirms need only match something that the path may be taken for.
 */
final class AccessRules {

    private final List<PathPattern> protect;
    private final List<PathPattern> permit;
    private final List<GroupRule> require;
    private final List<PathPattern> confirm;

    AccessRules(WebConfig config) {
        protect = config.protect();
        permit = config.permit();
        require = config.require();
        confirm = config.confirm();
    }

    /**
     * Whether a path needs no identity: the most specific pattern that matches it is one of
     * {@code permit}.
     */
    boolean permits(RequestPath path) {
        if (permit.isEmpty() || !path.isPlain()) {
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

    /** Whether a path is the filter's business at all. */
    boolean protects(RequestPath path) {
        return touchesAny(protect, path);
    }

    /** Whether the store is to be asked. */
    boolean confirms(RequestPath path) {
        return touchesAny(confirm, path);
    }

    /** Whether these groups meet every rule that applies. */
    boolean allow(RequestPath path, Set<String> groups) {
        for (GroupRule rule : require) {
            if (path.mayTouch(rule.pattern()) && Collections.disjoint(rule.groups(), groups)) {
                return false;
            }
        }
        return true;
    }

    private int closed(RequestPath path) {
        int closed = -1;
        for (GroupRule rule : require) {
            if (path.mayTouch(rule.pattern())) {
                closed = Math.max(closed, specificity(rule.pattern()));
            }
        }
        return closed;
    }

    private static boolean touchesAny(List<PathPattern> patterns, RequestPath path) {
        for (PathPattern pattern : patterns) {
            if (path.mayTouch(pattern)) {
                return true;
            }
        }
        return false;
    }

    private static int specificity(PathPattern pattern) {
        return pattern.isPrefix() ? pattern.text().length() : Integer.MAX_VALUE;
    }
}
