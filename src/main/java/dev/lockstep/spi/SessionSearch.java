package dev.lockstep.spi;

import dev.lockstep.SessionCopy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds and counts sessions by what is known of them other than their tokens: for administrators,
 * and for what is kept by a session's identifier. Optional: implemented by a {@link SessionStore}
 * that can do it without reading all of its sessions; the one that comes with Lockstep does.
 *
 * <p>Only live sessions are found, by the store's clock. Deadlines and errors are those of
 * {@link SessionStore}. Each method sees what was committed before it was called; a replica that
 * may lag never answers. A text that no session can have, because it is empty, too long, or cannot
 * be stored, names none.
 */
public interface SessionSearch {

    /** The most sessions that a page can hold. */
    int LONGEST_PAGE = 1_000;

    /** The session with this identifier; null where it is unknown, expired or revoked. */
    @Nullable
    SessionCopy byId(String sessionId);

    /**
     * Sessions in the order of their identifiers, which never changes: what lives from the first
     * page to the last is met once, whatever is opened or ends meanwhile.
     *
     * @param principal whose sessions; null for all of the application
     * @param after where the page before ended, its {@link Page#next}; null for the first
     * @param limit how many at most; 1 to {@link #LONGEST_PAGE}
     * @throws IllegalArgumentException if the limit is out of this range
     */
    Page page(@Nullable String principal, @Nullable String after, int limit);

    /** How many sessions a principal has. */
    long count(String principal);

    /** How many sessions the application has. Reads them all, so it may take seconds. */
    long count();

    /**
     * A part of what was searched for.
     *
     * @param sessions may be fewer than asked for, even none, though there are more
     * @param next where the next page begins; null where there is none
     */
    record Page(List<SessionCopy> sessions, @Nullable String next) {
        public Page {
            sessions = List.copyOf(sessions);
        }
    }
}
