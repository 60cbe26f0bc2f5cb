package dev.lockstep.endpoints;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A part of the sessions of whoever asks. The one by which they ask is on the first page, wherever
 * its identifier stands, and on no other.
 *
 * @param sessions the oldest first
 * @param next what this page ended with; null where there is nothing more
 */
record OwnPage(List<Session> sessions, @Nullable String next) {

    private static final Comparator<Session> OLDEST_FIRST =
            Comparator.comparing(Session::createdAt).thenComparing(Session::id);

    static OwnPage of(EndpointServices services, Session current, PageRequest asked) {
        return services.search()
                .map(search -> search.page(current.principal(), asked.after(), asked.limit()))
                .map(page ->
                        of(page.sessions().stream().map(SessionCopy::session).toList(), page.next(), current, asked))
                .orElseGet(() -> ofList(services.sessions().list(current.principal()), current, asked));
    }

    /** Of a store that can't be searched. */
    private static OwnPage ofList(List<Session> all, Session current, PageRequest asked) {
        List<Session> rest = all.stream()
                .filter(each -> asked.after() == null || each.id().compareTo(asked.after()) > 0)
                .sorted(Comparator.comparing(Session::id))
                .toList();
        boolean whole = rest.size() <= asked.limit();
        List<Session> part = whole ? rest : rest.subList(0, asked.limit());
        return of(part, whole ? null : part.get(asked.limit() - 1).id(), current, asked);
    }

    private static OwnPage of(List<Session> found, @Nullable String next, Session current, PageRequest asked) {
        Stream<Session> others = found.stream().filter(each -> !isSame(each, current));
        Stream<Session> first = asked.after() == null ? Stream.of(latest(found, current)) : Stream.empty();
        return new OwnPage(Stream.concat(first, others).sorted(OLDEST_FIRST).toList(), next);
    }

    /** As the store tells it, if it is in this part. */
    private static Session latest(List<Session> found, Session current) {
        return found.stream().filter(each -> isSame(each, current)).findFirst().orElse(current);
    }

    private static boolean isSame(Session one, Session other) {
        return one.id().equals(other.id());
    }
}
