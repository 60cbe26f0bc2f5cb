package dev.lockstep;

import java.util.Objects;
import java.util.Optional;

/**
 * CDI event: somebody used the endpoints to see or to change what belongs to others. Fired when the
 * work is done or has failed, before the answer is sent. Holds no token.
 *
 * @param operation what was asked for
 * @param actor the principal who asked
 * @param target a session's identifier, a principal or an application, as the request named it;
 *     empty where the operation has none, and for a token
 * @param outcome what came of it
 */
public record AdministrativeAction(Operation operation, String actor, Optional<String> target, Outcome outcome) {

    public AdministrativeAction {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(outcome, "outcome");
    }

    /** What can be asked for. */
    public enum Operation {
        /** A page of sessions, all or a principal's. */
        SEARCH,
        /** How many there are. */
        COUNT,
        /** One session. */
        SEE_SESSION,
        /** The nodes of the application. */
        SEE_NODES,
        /** What one node is doing. */
        SEE_STATUS,
        /** The end of one session, by its identifier. */
        END_SESSION,
        /** The end of one session, by its token. */
        END_TOKEN,
        /** The end of all sessions of a principal. */
        END_PRINCIPAL,
        /** The end of all sessions of the application. */
        END_EVERYTHING,
        /** A new key for the application; the former one stays good for what was made with it. */
        REPLACE_KEY,
        /** A new key for the application; a former one is trusted no more. */
        REPLACE_LEAKED_KEY;

        /** Whether it ends sessions. */
        public boolean ends() {
            return changes() && compareTo(END_EVERYTHING) <= 0;
        }

        /** Whether it changes anything, or only looks. */
        public boolean changes() {
            return compareTo(END_SESSION) >= 0;
        }
    }

    /** What may come of it. */
    public enum Outcome {
        DONE,
        /** There is no such session. */
        NOT_FOUND,
        /** The end is not certain on every node yet: asking again settles it. */
        UNCONFIRMED,
        /** It could not be done. */
        FAILED
    }

    /**
     * For logs: {@code operation=END_SESSION, actor=ada, target=…, outcome=DONE}. Names are
     * escaped, and in quotes where they could be taken for more than one.
     */
    @Override
    public String toString() {
        return "operation=" + operation + ", actor=" + Escaped.value(actor)
                + target.map(text -> ", target=" + Escaped.value(text)).orElse("") + ", outcome=" + outcome;
    }
}
