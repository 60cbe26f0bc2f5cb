package dev.lockstep.store.jdbc.h2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.Samples;
import dev.lockstep.process.LoggedMessages;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.Rotated;
import dev.lockstep.store.jdbc.JdbcStore;
import dev.lockstep.store.jdbc.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A row of the log ahead of its clock, as H2 was found to keep one of a transaction that was never
 * committed.
 */
class H2TornTransactionTest {

    @AutoClose
    private final TestDatabase database = TestDatabase.h2InMemory();

    @AutoClose
    private final JdbcStore store = database.open("/shop");

    @AutoClose
    private final LoggedMessages messages = LoggedMessages.of(H2Log.class);

    private SessionCopy copy;
    private long before;

    @BeforeEach
    void leaveARowOfTheLogAheadOfItsClock() {
        store.revoke(List.of(new OfToken(store.open(Samples.session("bob")).digest())));
        copy = store.open(Samples.session("alice"));
        before = copy.epoch();
        TestDatabase.execute(
                database.dataSource(),
                "INSERT INTO lockstep_revocation (application, position, digest, session_id, principal, cause, revoked_at)"
                        + " SELECT application, position + 1, digest, session_id, principal, cause, revoked_at"
                        + " FROM lockstep_revocation WHERE cause = 'REVOKED'");
    }

    @Test
    void aLogoutIsCommittedAllTheSame() {
        Revoked revoked = store.revoke(List.of(new OfToken(copy.digest()))).get(0);

        assertThat(revoked.upTo()).isNotNull();
        assertThat(revoked.revocations()).extracting(each -> each.digest()).contains(copy.digest());
        assertThat(store.find(copy.digest())).isNull();
    }

    @Test
    void nodesThatMayHaveReadItStartAfresh() {
        Revoked revoked = store.revoke(List.of(new OfToken(copy.digest()))).get(0);

        assertThat(revoked.upTo().epoch()).isNotEqualTo(before);
        assertThat(messages.all()).singleElement().asString().contains("LOCKSTEP-0130");
    }

    @Test
    void itHappensOnce() {
        Rotated rotated = store.rotate(copy.digest(), TokenDigest.of(new byte[32]));
        Revoked revoked =
                store.revoke(List.of(new OfToken(TokenDigest.of(new byte[32])))).get(0);

        assertThat(rotated).isNotNull();
        assertThat(revoked.upTo().epoch()).isNotEqualTo(before);
        assertThat(messages.all()).hasSize(1);
    }
}
