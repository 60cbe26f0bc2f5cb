package dev.lockstep.contract;

import static dev.lockstep.contract.Samples.digest;
import static dev.lockstep.contract.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.SessionSearch;
import dev.lockstep.spi.SessionSearch.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a store must do that is a {@link SessionSearch}, too. */
public abstract class SessionSearchContract extends StoreScenario {

    /** What no session can be named. */
    private static final List<String> NAMES_OF_NOBODY = List.of("", "unknown", "\u0000", "\ud800", "x".repeat(1_000));

    private SessionSearch search;

    @BeforeEach
    void searchTheStore() throws Exception {
        search = (SessionSearch) store;
        node(application + "/other").store().open(session("alice"));
    }

    @Test
    void aSessionIsFoundByItsIdentifier() {
        SessionCopy one = opened("alice");
        opened("alice");

        assertThat(search.byId(one.session().id())).isEqualTo(one);
    }

    @Test
    void whatHasEndedIsNeitherFoundNorCounted() throws Exception {
        SessionCopy revoked = opened("alice");
        SessionCopy expired = store.open(session("alice", digest(), Duration.ofSeconds(1), Samples.IDLE));
        SessionCopy idle = store.open(session("alice", digest(), Samples.ABSOLUTE, Duration.ofSeconds(1)));
        SessionCopy live = opened("alice");
        revoke(new OfToken(revoked.digest()));
        elapse(Duration.ofSeconds(1));

        assertThat(Stream.of(revoked, expired, idle)
                        .map(copy -> search.byId(copy.session().id())))
                .containsOnlyNulls();
        assertThat(ids(search.page("alice", null, 10).sessions()))
                .containsExactly(live.session().id());
        assertThat(ids(search.page(null, null, 10).sessions()))
                .containsExactly(live.session().id());
        assertThat(search.count("alice")).isEqualTo(1);
        assertThat(search.count()).isEqualTo(1);
    }

    @Test
    void aRotatedSessionIsFoundUnderItsNewDigest() {
        SessionCopy copy = opened("alice");
        TokenDigest next = digest();
        store.rotate(copy.digest(), next);

        assertThat(search.byId(copy.session().id()).digest()).isEqualTo(next);
        assertThat(search.page("alice", null, 10).sessions())
                .extracting(SessionCopy::digest)
                .containsExactly(next);
    }

    @Test
    void aCopyIsNoNewerThanThePositionThatItCarries() {
        SessionCopy one = opened("alice");
        revoke(new OfToken(opened("bob").digest()));

        SessionCopy found = search.byId(one.session().id());

        assertThat(found.session()).isEqualTo(one.session());
        assertThat(found.position()).isEqualTo(head().position());
        assertThat(found.epoch()).isEqualTo(head().epoch());
        assertThat(search.page("alice", null, 1).sessions()).containsExactly(found);
    }

    @Test
    void pagesHaveEachSessionOfAPrincipalOnce() {
        for (int i = 0; i < 25; i++) {
            opened("alice");
            opened("bob");
        }
        List<String> alices = ids(search.page("alice", null, 100).sessions());

        assertThat(alices).containsExactlyInAnyOrderElementsOf(idsOf("alice"));
        for (int limit : List.of(1, 7, 24, 25, 26)) {
            assertThat(pages("alice", limit)).isEqualTo(alices);
        }
    }

    @Test
    void pagesHaveEachSessionOfTheApplicationOnce() {
        for (int i = 0; i < 12; i++) {
            opened("alice");
            opened("bob");
        }

        for (int limit : List.of(1, 7, 100)) {
            List<String> all = pages(null, limit);
            assertThat(all).isEqualTo(ids(search.page(null, null, 100).sessions()));
            assertThat(all)
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(idsOf("alice").stream(), idsOf("bob").stream())
                            .toList());
        }
    }

    @Test
    void aFullPageThatIsTheLastSaysSo() {
        for (int i = 0; i < 4; i++) {
            opened("alice");
        }
        Page first = search.page("alice", null, 2);

        assertThat(first.next()).isNotNull();
        assertThat(search.page("alice", first.next(), 2).sessions()).hasSize(2);
        assertThat(search.page("alice", first.next(), 2).next()).isNull();
    }

    /** Also where the session at which the page before ended is gone. */
    @Test
    void pagesGoOnWhereTheyWereWhateverHappensMeanwhile() {
        for (int i = 0; i < 10; i++) {
            opened("alice");
        }
        List<String> all = ids(search.page("alice", null, 100).sessions());
        Page first = search.page("alice", null, 5);
        first.sessions().forEach(copy -> revoke(new OfToken(copy.digest())));
        List<String> opened = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            opened.add(opened("alice").session().id());
        }

        List<String> rest = ids(search.page("alice", first.next(), 100).sessions());

        rest.removeAll(opened);
        assertThat(rest).isEqualTo(all.subList(5, 10));
    }

    @Test
    void countsAreThoseOfThePrincipalAndOfTheApplication() {
        for (int i = 0; i < 3; i++) {
            opened("alice");
        }
        opened("bob");

        assertThat(search.count("alice")).isEqualTo(3);
        assertThat(search.count("bob")).isEqualTo(1);
        assertThat(search.count()).isEqualTo(4);
        revoke(new OfPrincipal("alice"));
        assertThat(search.count("alice")).isZero();
        assertThat(search.count()).isEqualTo(1);
    }

    @Test
    void namesOfNobodyFindNothing() {
        opened("alice");

        for (String nobody : NAMES_OF_NOBODY) {
            assertThat(search.byId(nobody)).isNull();
            assertThat(search.page(nobody, null, 10)).isEqualTo(new Page(List.of(), null));
            assertThat(search.count(nobody)).isZero();
        }
    }

    @Test
    void aPageHasALimit() {
        for (int wrong : List.of(0, -1, SessionSearch.LONGEST_PAGE + 1)) {
            assertThatThrownBy(() -> search.page("alice", null, wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(search.page("alice", null, SessionSearch.LONGEST_PAGE).sessions())
                .isEmpty();
    }

    private List<String> pages(String principal, int limit) {
        List<String> all = new ArrayList<>();
        Page page = search.page(principal, null, limit);
        all.addAll(ids(page.sessions()));
        while (page.next() != null) {
            assertThat(page.sessions()).hasSizeLessThanOrEqualTo(limit);
            assertThat(all).as("sessions met").doesNotHaveDuplicates();
            page = search.page(principal, page.next(), limit);
            all.addAll(ids(page.sessions()));
        }
        return all;
    }

    private List<String> idsOf(String principal) {
        return store.list(principal).stream().map(Session::id).toList();
    }

    private static List<String> ids(List<SessionCopy> copies) {
        return new ArrayList<>(copies.stream().map(copy -> copy.session().id()).toList());
    }
}
