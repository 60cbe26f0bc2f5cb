package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.SessionCopy;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.NewSession;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.RevocationTarget.OthersOf;
import dev.lockstep.spi.Revoked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A database whose encoding has no place for every character. */
class PostgresEncodingTest {

    /** Which LATIN1 has, and has not. */
    private static final String HELD = "zo\u00eb";

    private static final String NOT_HELD = "\u0416\u0430\u043d\u043d\u0430";

    private static TestDatabase database;
    private static JdbcStore store;

    @BeforeAll
    static void open() {
        database = TestDatabase.postgresInLatin1();
        store = database.open("/shop");
    }

    @AfterAll
    static void close() {
        store.close();
        database.close();
    }

    @Test
    void openingWhatCantBeExpressedIsTheCallersMistake() {
        for (NewSession bad : List.of(
                Samples.session(NOT_HELD),
                with(Set.of(NOT_HELD), Map.of()),
                with(Set.of(), Map.of("name", NOT_HELD)))) {
            assertThatThrownBy(() -> store.open(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("LOCKSTEP-0126 ")
                    .hasMessageNotContaining(NOT_HELD);
        }
    }

    @Test
    void aNameThatCantBeExpressedIsNobodys() {
        assertThat(store.list(NOT_HELD)).isEmpty();
    }

    @Test
    void aTargetThatCantBeExpressedFailsNobodyItIsCommittedWith() {
        List<RevocationTarget> targets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            targets.add(new OfToken(opened("alice").digest()));
        }
        SessionCopy held = opened(HELD);
        targets.add(7, new OfPrincipal(NOT_HELD));
        targets.add(new OfId(NOT_HELD));
        targets.add(new OthersOf(NOT_HELD, "kept"));
        targets.add(new OfPrincipal(HELD));

        List<Revoked> revoked = store.revoke(targets);

        assertThat(revoked).hasSize(24);
        assertThat(List.of(revoked.get(7), revoked.get(21), revoked.get(22)))
                .containsOnly(new Revoked(null, List.of()));
        assertThat(store.list("alice")).isEmpty();
        assertThat(store.find(held.digest())).isNull();
    }

    @Test
    void ofTheOthersOfANameThatCantBeExpressedNoneIsKept() {
        SessionCopy copy = opened("bob");

        store.revoke(List.of(new OthersOf("bob", NOT_HELD)));

        assertThat(store.find(copy.digest())).isNull();
    }

    @Test
    void whatCantBeExpressedNeedsNoAnnouncement() {
        Revoked announced = store.announce(List.of(new OfId(NOT_HELD), new OfId("gone"), new OfPrincipal(NOT_HELD)))
                .outcome();

        assertThat(announced.revocations())
                .singleElement()
                .satisfies(row -> assertThat(row.sessionId()).isEqualTo("gone"));
        assertThat(store.announce(List.of(new OfId(NOT_HELD))).outcome()).isEqualTo(new Revoked(null, List.of()));
    }

    private static SessionCopy opened(String principal) {
        return store.open(Samples.session(principal));
    }

    private static NewSession with(Set<String> groups, Map<String, String> attributes) {
        return new NewSession(
                Samples.id(), Samples.digest(), "alice", groups, attributes, Samples.ABSOLUTE, Samples.IDLE);
    }
}
