package dev.lockstep.schedules;

import dev.lockstep.revocation.RevocationBreaks;
import dev.lockstep.session.SessionBreaks;
import java.util.Locale;

/** What threads race for, and a broken product in which the race must be found. */
enum Race {
    /** A digest has one load at a time. */
    ONE_LOAD(
            "session.OneLoad",
            PlantedRace.advised("dev.lockstep.session.SingleFlight", "run", SessionBreaks.LeftEarly.class)),
    /** A request does not take what a load has read before it came, but for a copy to judge. */
    EARLIER_LOAD(
            "session.EarlierLoad",
            PlantedRace.advised("dev.lockstep.session.SingleFlight", "load", SessionBreaks.Trusting.class)),
    /** A wait that fails while a node acknowledges is not over. */
    GIVEN_UP(
            "revocation.GivenUp",
            PlantedRace.advised("dev.lockstep.revocation.LeaseWait", "fail", RevocationBreaks.GivenUpFirst.class)),
    /** A wait that enters while the waiting room closes ends. */
    CLOSING_ROOM(
            "revocation.ClosingRoom",
            PlantedRace.advised("dev.lockstep.revocation.LeaseWaits", "close", RevocationBreaks.ClosedLate.class)),
    /** What is queued is committed. */
    ONE_COMMITTER("revocation.OneCommitter", PlantedRace.unlocked("dev.lockstep.revocation.GroupCommit", "isMoreToDo")),
    /** A revocation that comes while the committer closes ends. */
    CLOSING_COMMITTER(
            "revocation.ClosingCommitter", PlantedRace.withoutMonitors("dev.lockstep.revocation.GroupCommit", "add")),
    /** A digest is found while the set grows, and makes its younger digests the older ones. */
    GENERATIONS("revocation.GenerationsRead", PlantedRace.olderFirst("dev.lockstep.revocation.RevokedSet", "contains"));

    private final String scenario;
    private final PlantedRace planted;

    /** @param scenario a {@link Runnable}: what the threads do, and what must hold */
    Race(String scenario, PlantedRace planted) {
        this.scenario = "dev.lockstep." + scenario;
        this.planted = planted;
    }

    String scenario() {
        return scenario;
    }

    PlantedRace planted() {
        return planted;
    }

    /** As the command prints it. */
    String spelling() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
