package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfApplication;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.RevocationTarget.OthersOf;
import dev.lockstep.spi.Revoked;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a revocation tells where the log has been trimmed by the time that it is read. */
abstract class TrimmedMeanwhileContract {

    private TestDatabase database;
    private JdbcStore store;

    /** An empty database. */
    abstract TestDatabase empty();

    /**
     * From now on whoever appends to the log finds these rows of it gone when the append has been
     * made.
     */
    abstract void trimOnEachAppend(TestDatabase database, String condition);

    @BeforeEach
    void open() {
        database = empty();
        store = database.open("/shop");
    }

    @AfterEach
    void close() {
        store.close();
        database.close();
    }

    /** What names a session, and was its token once where it is to be found in the log alone. */
    enum Target {
        TOKEN {
            @Override
            RevocationTarget of(SessionCopy copy, TokenDigest old) {
                return new OfToken(copy.digest());
            }
        },
        OLD_TOKEN {
            @Override
            RevocationTarget of(SessionCopy copy, TokenDigest old) {
                return new OfToken(old);
            }
        },
        ID {
            @Override
            RevocationTarget of(SessionCopy copy, TokenDigest old) {
                return new OfId(copy.session().id());
            }
        },
        PRINCIPAL {
            @Override
            RevocationTarget of(SessionCopy copy, TokenDigest old) {
                return new OfPrincipal("alice");
            }
        },
        OTHERS {
            @Override
            RevocationTarget of(SessionCopy copy, TokenDigest old) {
                return new OthersOf("alice", "another");
            }
        },
        APPLICATION {
            @Override
            RevocationTarget of(SessionCopy copy, TokenDigest old) {
                return new OfApplication();
            }
        };

        abstract RevocationTarget of(SessionCopy copy, TokenDigest old);
    }

    @ParameterizedTest
    @EnumSource
    void whatACallHasEndedIsToldThoughTheLogIsEmptyByThen(Target target) {
        assertTold(target, "TRUE");
    }

    @ParameterizedTest
    @EnumSource
    void whatACallHasEndedIsToldThoughItsOldTokensAreForgottenByThen(Target target) {
        assertTold(target, "cause = 'ROTATED'");
    }

    /** What came between the old token and the end is known to the log alone, and was not read. */
    @Test
    void aSessionThatIsNotFoundByItsOldTokenAnyMoreIsNotToldAsComplete() {
        SessionCopy copy = store.open(Samples.session("alice"));
        TokenDigest middle = Samples.digest();
        rotate(copy.digest(), middle);
        rotate(middle, Samples.digest());
        trimOnEachAppend(database, "position = 1");

        Revoked revoked = store.revoke(List.of(new OfToken(copy.digest()))).get(0);

        assertThat(revoked.complete() && digests(revoked).noneMatch(middle::equals))
                .isFalse();
        assertThat(revoked.upTo()).isEqualTo(at(3));
    }

    @Test
    void tokensOfOneGroupMeanTheirOwnSessions() {
        List<SessionCopy> copies = Stream.of("alice", "bob", "carol")
                .map(name -> store.open(Samples.session(name)))
                .toList();
        copies.forEach(copy -> rotate(copy.digest(), Samples.digest()));
        trimOnEachAppend(database, "TRUE");

        List<Revoked> revoked = store.revoke(copies.stream()
                .<RevocationTarget>map(copy -> new OfToken(copy.digest()))
                .toList());

        assertThat(revoked).allSatisfy(each -> assertThat(each.revocations()).hasSize(1));
        assertThat(revoked)
                .extracting(each -> each.revocations().get(0).principal())
                .containsExactly("alice", "bob", "carol");
    }

    private void assertTold(Target target, String trimmed) {
        SessionCopy first = store.open(Samples.session("alice"));
        SessionCopy copy = rotate(first.digest(), Samples.digest());
        trimOnEachAppend(database, trimmed);

        Revoked revoked = store.revoke(List.of(target.of(copy, first.digest()))).get(0);

        assertThat(digests(revoked)).contains(copy.digest());
        assertThat(revoked.upTo())
                .isEqualTo(at(revoked.revocations().stream()
                        .mapToLong(Revocation::position)
                        .max()
                        .orElseThrow()));
        assertThat(store.find(copy.digest())).isNull();
    }

    private SessionCopy rotate(TokenDigest current, TokenDigest next) {
        return Objects.requireNonNull(store.rotate(current, next)).copy();
    }

    private static Stream<TokenDigest> digests(Revoked revoked) {
        return revoked.revocations().stream()
                .filter(row -> row.cause() == Cause.REVOKED || row.cause() == Cause.ROTATED)
                .map(Revocation::digest);
    }

    private LogPosition at(long position) {
        return new LogPosition(
                store.poll("none", new LogPosition(0, 0), 1).head().epoch(), position);
    }
}
