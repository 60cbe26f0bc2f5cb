package dev.lockstep.sim.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sim.check.Register.End;
import dev.lockstep.sim.check.Register.Found;
import dev.lockstep.sim.check.Violation.Kind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Histories made by hand. */
class RegisterTest {

    private static final String NODE = "node";
    private static final Found RIGHT = new Found("s", "alice", Set.of("user"));

    private final Register register = new Register();
    private final KnownSession session = new KnownSession("s", "alice", Set.of("user"));
    private final Ticket<String> ticket = new Ticket<>(session, "token");

    private End ending() {
        return register.ending(List.of(session), session::equals);
    }

    private List<Kind> found() {
        return register.violations().stream().map(Violation::kind).toList();
    }

    @Test
    void aLiveSessionIsAccepted() {
        register.accepted(ticket, register.now(), RIGHT, NODE);
        assertThat(found()).isEmpty();
    }

    @Test
    void whatBeginsAfterAnEndHasReturnedMustNotAccept() {
        register.ended(ending());
        register.accepted(ticket, register.now(), RIGHT, NODE);
        assertThat(found()).containsExactly(Kind.STALE_ACCEPT);
    }

    @Test
    void whatHasBegunBeforeMayAccept() {
        End end = ending();
        long begun = register.now();
        register.ended(end);
        register.accepted(ticket, begun, RIGHT, NODE);
        assertThat(found()).isEmpty();
    }

    @Test
    void anEndThatHasNotReturnedPromisesNothingAndMayHaveHappened() {
        ending();
        register.accepted(ticket, register.now(), RIGHT, NODE);
        register.refused(ticket, NODE);
        assertThat(found()).isEmpty();
    }

    @Test
    void aLiveSessionMustNotBeRefused() {
        register.refused(ticket, NODE);
        assertThat(found()).containsExactly(Kind.FALSE_REFUSAL);
    }

    @Test
    void whoCanNotTellNeedsAnExcuse() {
        register.failed(ticket, true, NODE, new IllegalStateException());
        assertThat(found()).isEmpty();
        register.failed(ticket, false, NODE, new IllegalStateException());
        assertThat(found()).containsExactly(Kind.FALSE_REFUSAL);
    }

    @Test
    void aTokenOpensItsOwnSessionAsItIs() {
        register.accepted(ticket, register.now(), new Found("t", "alice", Set.of("user")), NODE);
        register.accepted(ticket, register.now(), new Found("s", "bob", Set.of("user")), NODE);
        register.accepted(ticket, register.now(), new Found("s", "alice", Set.of("user", "admin")), NODE);
        assertThat(found()).containsOnly(Kind.WRONG_SESSION).hasSize(3);
    }

    @Test
    void aRotationEndsItsTokenAndNoOther() {
        Ticket<String> next = new Ticket<>(session, "next");
        register.rotating(ticket);
        register.rotated(ticket);
        register.accepted(next, register.now(), RIGHT, NODE);
        assertThat(found()).isEmpty();
        register.accepted(ticket, register.now(), RIGHT, NODE);
        assertThat(found()).containsExactly(Kind.STALE_ACCEPT);
    }

    @Test
    void aRotationThatDidNotReturnMayHaveEndedItsToken() {
        register.rotating(ticket);
        register.refused(ticket, NODE);
        assertThat(found()).isEmpty();
    }

    @Test
    void nothingIsPromisedOfASessionThatWasOpenedBesideTheEndOfAll() {
        Register.Opening opening = register.opening();
        register.ended(register.ending(List.of(), any -> true));
        register.opened(opening, session);
        register.refused(ticket, NODE);
        register.accepted(ticket, register.now(), RIGHT, NODE);
        assertThat(found()).isEmpty();
    }

    @Test
    void aSessionThatWasOpenedAfterTheEndOfAllLives() {
        register.ended(register.ending(List.of(), any -> true));
        Register.Opening opening = register.opening();
        register.opened(opening, session);
        register.refused(ticket, NODE);
        assertThat(found()).containsExactly(Kind.FALSE_REFUSAL);
    }

    @Test
    void whatTheStoreHasLostIsForgivenUntilItIsEndedAgain() {
        register.ended(ending());
        register.forgiven(List.of(session));
        register.accepted(ticket, register.now(), RIGHT, NODE);
        register.refused(ticket, NODE);
        assertThat(found()).isEmpty();
        register.ended(ending());
        register.accepted(ticket, register.now(), RIGHT, NODE);
        assertThat(found()).containsExactly(Kind.STALE_ACCEPT);
    }

    @Test
    void anEndThatReturnsAfterALossMustHold() {
        End end = ending();
        register.forgiven(List.of(session));
        register.ended(end);
        register.accepted(ticket, register.now(), RIGHT, NODE);
        assertThat(found()).containsExactly(Kind.STALE_ACCEPT);
    }

    @Test
    void whatMayEndByItselfMayBeRefusedButNotAcceptedAfterItsEnd() {
        register.mayEnd(List.of(session));
        register.refused(ticket, NODE);
        assertThat(found()).isEmpty();
        register.ended(ending());
        register.accepted(ticket, register.now(), RIGHT, NODE);
        assertThat(found()).containsExactly(Kind.STALE_ACCEPT);
    }

    @Test
    void nothingIsPromisedOfASessionThatWasOpenedBesideALoss() {
        Register.Opening opening = register.opening();
        register.forgiven(List.of());
        register.opened(opening, session);
        register.refused(ticket, NODE);
        assertThat(found()).isEmpty();
    }

    @Test
    void whatComesAfterTheEndOfEverythingIsNotJudged() {
        register.close();
        register.refused(ticket, NODE);
        assertThat(found()).isEmpty();
    }

    @Test
    void aRotationThatTheStoreHasLostEndsNothing() {
        register.rotating(ticket);
        register.rotated(ticket);
        register.forgiven(List.of(session));
        register.accepted(ticket, register.now(), RIGHT, NODE);
        assertThat(found()).isEmpty();
    }

    /** Whoever asks for the end of a principal's sessions need not know of it any more. */
    @Test
    void aSessionThatIsRotatedBesideAnEndMayHaveEndedByIt() {
        Register.Opening rotation = register.opening();
        register.rotating(ticket);
        register.ended(register.ending(List.of(), any -> true));
        register.rotated(ticket);
        register.opened(rotation, session);

        register.refused(new Ticket<>(session, "next"), NODE);
        assertThat(found()).isEmpty();
    }

    @Test
    void whatOutlivesItsTimeoutsIsStale() {
        register.outlived(ticket, 0, NODE);
        assertThat(found()).containsExactly(Kind.STALE_ACCEPT);
    }

    @Test
    void whichTokenIsItsOwnIsUnknownOnlyWhereARotationMayHaveBeenLost() {
        register.forgiven(List.of(session));
        assertThat(session.hasUnknownToken()).isFalse();
        register.rotating(ticket);
        assertThat(session.hasUnknownToken()).isTrue();
    }

    @Test
    void theFirstIsTold() {
        assertThat(register.first()).isNull();
        register.add(Kind.ENDLESS_CALL, "revoke");
        register.add(Kind.NO_RECOVERY, "node");
        assertThat(register.first()).hasToString("endless call: revoke");
    }
}
