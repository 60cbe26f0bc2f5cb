package dev.lockstep.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfApplication;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.RevocationTarget.OthersOf;
import dev.lockstep.spi.Revoked;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A second part of {@link RevocationLogContract}: how a log tells of what the store does not know.
 */
abstract class AnnouncementContract extends NodeRowsContract {

    @Test
    void whatTheStoreDoesNotKnowIsAnnouncedByARowEach() {
        TokenDigest digest = Samples.digest();
        revokeOne();

        Revoked announced = log.announce(List.of(
                        new OfToken(digest),
                        new OfId("gone"),
                        new OfPrincipal("bob"),
                        new OthersOf("carol", "kept"),
                        new OfApplication()))
                .outcome();

        assertThat(announced.upTo()).isEqualTo(at(6));
        assertThat(announced.revocations())
                .isEqualTo(log.poll("none", at(1), 10).rows());
        assertThat(announced.revocations())
                .extracting(Revocation::cause)
                .containsExactly(
                        Cause.TOKEN_GONE,
                        Cause.SESSION_GONE,
                        Cause.PRINCIPAL_GONE,
                        Cause.PRINCIPAL_GONE,
                        Cause.COPIES_VOID);
        assertThat(announced.revocations())
                .extracting(Revocation::principal)
                .containsExactly("", "", "bob", "carol", "");
        assertThat(announced.revocations().get(0).digest()).isEqualTo(digest);
        assertThat(announced.revocations().get(1).sessionId()).isEqualTo("gone");
    }

    @Test
    void announcedRowsHaveNoNameInCommon() {
        List<Revocation> rows = log.announce(List.of(
                        new OfToken(Samples.digest()),
                        new OfToken(Samples.digest()),
                        new OfId("gone"),
                        new OfPrincipal("bob"),
                        new OfApplication(),
                        new OfApplication()))
                .outcome()
                .revocations();

        assertThat(rows).extracting(Revocation::digest).doesNotHaveDuplicates();
        assertThat(rows)
                .extracting(Revocation::sessionId)
                .doesNotHaveDuplicates()
                .doesNotContain("");
    }

    @Test
    void whatWasAnnouncedIsKnown() {
        List<RevocationTarget> gone = List.of(
                new OfToken(Samples.digest()), new OfId("gone"), new OfPrincipal("bob"), new OthersOf("carol", "kept"));
        assertThat(store.revoke(gone)).extracting(Revoked::upTo).containsOnlyNulls();

        log.announce(gone);

        assertThat(store.revoke(gone)).extracting(Revoked::upTo).containsExactly(at(1), at(2), null, null);
        assertThat(head()).isEqualTo(at(4));
    }

    /** Its row may have vanished from the store, while its token of now opens a copy. */
    @Test
    void aSessionOfWhichOnlyRotationsAreKnownIsAnnouncedByItsIdentifier() throws Exception {
        TokenDigest old = Samples.digest();
        SessionCopy copy = store.open(Samples.session("alice", old, Duration.ofSeconds(1), Samples.IDLE));
        log.commitRotation(old, Samples.digest());
        elapse(Duration.ofSeconds(1));
        assertThat(store.deleteExpired(ago(Duration.ZERO))).hasSize(1);
        List<RevocationTarget> names =
                List.of(new OfToken(old), new OfId(copy.session().id()));
        assertThat(store.revoke(names)).containsOnly(new Revoked(null, List.of()));

        Revocation row =
                log.announce(List.of(new OfToken(old))).outcome().revocations().get(0);

        assertThat(row.cause()).isEqualTo(Cause.SESSION_GONE);
        assertThat(row.sessionId()).isEqualTo(copy.session().id());
        assertThat(store.revoke(names)).extracting(Revoked::upTo).containsOnly(at(2));
    }

    @Test
    void whatNoSessionCanBeNamedNeedsNoRow() {
        Revoked announced = log.announce(List.of(
                        new OfId(""),
                        new OfId("x".repeat(129)),
                        new OfPrincipal("bob\0"),
                        new OthersOf("\ud800", "kept"),
                        new OfPrincipal("x".repeat(256))))
                .outcome();

        assertThat(announced).isEqualTo(new Revoked(null, List.of()));
        assertThat(head()).isEqualTo(at(0));
    }
}
