package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.ReservedPrincipal;
import org.junit.jupiter.api.Test;

/** Sessions that are Lockstep's own are neither found nor counted. */
class UsersSearchTest {

    private final NaiveStore store = new NaiveStore();
    private final UsersSearch search = new UsersSearch(store);
    private final SessionCopy users = store.open(Samples.session("alice"));
    private final SessionCopy own = store.open(Samples.session(ReservedPrincipal.CANARY));

    @Test
    void aSessionIsFoundByItsIdentifierUnlessItIsLocksteps() {
        assertThat(search.byId(users.session().id())).isEqualTo(users);
        assertThat(search.byId(own.session().id())).isNull();
        assertThat(search.byId(Samples.id())).isNull();
    }

    @Test
    void pagesHaveTheSessionsOfUsers() {
        assertThat(search.page("alice", null, 10).sessions()).containsExactly(users);
        assertThat(search.page(null, null, 10).sessions()).containsExactly(users);
    }

    /** Also where nothing on a page is a user's. */
    @Test
    void aPageTellsWhereTheNextOneBegins() {
        String next = search.page(null, null, 1).next();

        assertThat(next).isNotNull().isEqualTo(store.page(null, null, 1).next());
        assertThat(search.page(null, next, 1).next()).isNull();
    }

    @Test
    void ofTheReservedPrincipalThereIsNothing() {
        assertThat(search.page(ReservedPrincipal.CANARY, null, 1))
                .extracting(page -> page.sessions().size(), page -> page.next())
                .containsExactly(0, null);
        assertThat(search.count(ReservedPrincipal.CANARY)).isZero();
    }

    @Test
    void theSessionsOfUsersAreCounted() {
        store.open(Samples.session("bob"));

        assertThat(search.count("alice")).isEqualTo(1);
        assertThat(search.count()).isEqualTo(2);
    }
}
