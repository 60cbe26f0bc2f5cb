package dev.lockstep.session;

import dev.lockstep.SessionCopy;
import dev.lockstep.spi.ReservedPrincipal;
import dev.lockstep.spi.SessionSearch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the sessions of a store that are users', and not Lockstep's own. As thread-safe. */
final class UsersSearch implements SessionSearch {

    private static final Page NOTHING = new Page(List.of(), null);

    private final SessionSearch all;

    UsersSearch(SessionSearch all) {
        this.all = all;
    }

    @Override
    public @Nullable SessionCopy byId(String sessionId) {
        SessionCopy found = all.byId(sessionId);
        return found != null && isUsers(found) ? found : null;
    }

    @Override
    public Page page(@Nullable String principal, @Nullable String after, int limit) {
        if (principal != null && ReservedPrincipal.is(principal)) {
            return NOTHING;
        }
        Page page = all.page(principal, after, limit);
        return new Page(page.sessions().stream().filter(UsersSearch::isUsers).toList(), page.next());
    }

    @Override
    public long count(String principal) {
        return ReservedPrincipal.is(principal) ? 0 : all.count(principal);
    }

    /** Two reads, between which some may come or go. */
    @Override
    public long count() {
        return Math.max(0, all.count() - all.count(ReservedPrincipal.CANARY));
    }

    private static boolean isUsers(SessionCopy copy) {
        return !ReservedPrincipal.is(copy.session().principal());
    }
}
