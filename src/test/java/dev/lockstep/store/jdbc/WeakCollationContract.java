package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LockstepException;
import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OthersOf;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.SessionSearch.Page;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names differ by a letter's case, though the database takes them for the same. */
abstract class WeakCollationContract {

    private TestDatabase database;
    private JdbcStore store;

    /** A database that tells no case apart, with the tables in it. */
    abstract TestDatabase weak();

    @BeforeEach
    void open() {
        database = weak();
        store = database.open("/shop");
    }

    @AfterEach
    void close() {
        store.close();
        database.close();
    }

    @Test
    void aListHasTheSessionsOfThePrincipalAlone() {
        Session alice = opened("alice").session();
        Session other = opened("ALICE").session();

        assertThat(store.list("alice")).containsExactly(alice);
        assertThat(store.list("ALICE")).containsExactly(other);
        assertThat(store.list("Alice")).isEmpty();
    }

    @Test
    void aSearchFindsWhatIsNamedToTheLetter() {
        SessionCopy alice = opened("alice");
        SessionCopy other = opened("ALICE");

        assertThat(store.page("alice", null, 1)).isEqualTo(new Page(List.of(alice), null));
        assertThat(store.page("ALICE", null, 1)).isEqualTo(new Page(List.of(other), null));
        assertThat(store.count("alice")).isEqualTo(1);
        assertThat(store.count("Alice")).isZero();
        assertThat(store.byId(alice.session().id())).isEqualTo(alice);
        assertThat(store.byId(alice.session().id().toUpperCase(Locale.ROOT))).isNull();
    }

    @Test
    void aRevocationEndsTheSessionsOfThePrincipalAlone() {
        SessionCopy alice = opened("alice");
        SessionCopy other = opened("ALICE");

        List<Revoked> revoked = store.revoke(List.of(new OfPrincipal("Alice"), new OfPrincipal("alice")));

        assertThat(revoked.get(0).upTo()).isNull();
        assertThat(revoked.get(1).revocations()).hasSize(2);
        assertThat(store.find(alice.digest())).isNull();
        assertThat(store.find(other.digest()).session()).isEqualTo(other.session());
    }

    @Test
    void eachPrincipalOfABatchHasItsOwnOutcome() {
        SessionCopy alice = opened("alice");
        SessionCopy other = opened("ALICE");

        List<Revoked> revoked = store.revoke(List.of(new OfPrincipal("ALICE"), new OfPrincipal("alice")));

        assertThat(revoked.get(0).revocations().get(0).digest()).isEqualTo(other.digest());
        assertThat(revoked.get(1).revocations().get(0).digest()).isEqualTo(alice.digest());
        assertThat(revoked).allSatisfy(each -> assertThat(each.revocations()).hasSize(2));
    }

    @Test
    void theOthersAreThoseOfThePrincipalAlone() {
        SessionCopy kept = opened("alice");
        SessionCopy ended = opened("alice");
        SessionCopy other = opened("ALICE");

        store.revoke(List.of(new OthersOf("alice", kept.session().id())));

        assertThat(store.find(kept.digest()).session()).isEqualTo(kept.session());
        assertThat(store.find(ended.digest())).isNull();
        assertThat(store.find(other.digest()).session()).isEqualTo(other.session());
    }

    @Test
    void anIdentifierThatDiffersKeepsNothingAndEndsNothing() {
        SessionCopy copy = opened("alice");
        String differing = copy.session().id().toUpperCase(Locale.ROOT);
        assertThat(differing).isNotEqualTo(copy.session().id());

        assertThat(store.revoke(List.of(new OfId(differing)))).containsExactly(new Revoked(null, List.of()));
        assertThat(store.find(copy.digest()).session()).isEqualTo(copy.session());
        store.revoke(List.of(new OthersOf("alice", differing)));
        assertThat(store.find(copy.digest())).isNull();
        assertThat(store.revoke(List.of(new OfId(differing)))).containsExactly(new Revoked(null, List.of()));
    }

    @Test
    void anApplicationThatWouldShareTheRowsOfAnotherIsRefused() {
        assertThatThrownBy(() -> database.open("/Shop"))
                .isInstanceOf(LockstepException.class)
                .hasMessageStartingWith("LOCKSTEP-0151 ")
                .hasMessageContainingAll("\"/Shop\"", "\"/shop\"");
    }

    private SessionCopy opened(String principal) {
        return store.open(Samples.session(principal));
    }
}
