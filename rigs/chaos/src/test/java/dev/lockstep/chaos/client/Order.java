package dev.lockstep.chaos.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node is asked to end.
 *
 * @param way by which method of the product
 * @param argument what that takes
 * @param named the token in the request, or null if it names none
 * @param doomed the sessions that it ends, so that no node accepts them when it has returned
 */
record Order(String way, String argument, @Nullable Subject named, List<Subject> doomed) {

    static Order byToken(Subject named, List<Subject> doomed) {
        return new Order("TOKEN", named.text(), named, doomed);
    }

    static Order byId(String id, List<Subject> doomed) {
        return new Order("ID", id, null, doomed);
    }

    static Order ofAll(String principal, List<Subject> doomed) {
        return new Order("ALL", principal, null, doomed);
    }

    static Order ofOthers(Subject kept, List<Subject> doomed) {
        return new Order("OTHERS", kept.text(), kept, doomed);
    }

    /** The same without a token, which may be unknown by the time of a second attempt. */
    Order again() {
        return way.equals("TOKEN") && named != null ? byId(named.id(), doomed) : this;
    }
}
