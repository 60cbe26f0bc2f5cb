package dev.lockstep.pit;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.pitest.util.Glob;

/** A part of the product whose slips are judged by tests of its own. */
enum MutatedPart {
    /** Copies of sessions on this node, and what keeps the store from being asked for each. */
    COPIES(
            106,
            List.of("session.LayeredCache*", "session.NegativeCache*", "session.SingleFlight*"),
            List.of(
                    "session.DeniedByTheStoreTest",
                    "session.ForgedTokensTest",
                    "session.LayeredCacheTest",
                    "session.NodeEventsTest",
                    "session.RecentDigestsTest",
                    "session.RevocationEffectsTest",
                    "session.SingleFlightTest",
                    "session.UnknownToTheStoreTest")),
    /** The way of a request: near cache, shared cache, store. */
    LOOKUP(
            99,
            List.of("session.SessionLookup*"),
            List.of(
                    "session.DeniedByTheStoreTest",
                    "session.FingerprintedHitTest",
                    "session.ForgedTokensTest",
                    "session.NodeEventsTest",
                    "session.SessionNodeTest",
                    "session.UnknownToTheStoreTest")),
    /** What a token looks like, and what is made of it. */
    TOKENS(
            185,
            List.of("session.Token*"),
            List.of(
                    "session.FingerprintedHitTest",
                    "session.ForgedTokensTest",
                    "session.ForgottenTokenTest",
                    "session.TokenDigesterTest",
                    "session.TokenFingerprinterTest",
                    "session.TokenFormatTest",
                    "session.TokenGeneratorTest",
                    "session.TokenPropertiesTest",
                    "session.TokenVerifierTest")),
    /** What a node does by itself now and then. */
    UPKEEP(
            76,
            List.of("session.SessionCounter*", "session.Sweeper*", "session.UsageRecorder*"),
            List.of("session.SessionCounterTest", "session.SweeperTest", "session.UsageRecorderTest")),
    /** What is found and counted of the sessions in a store. */
    SEARCH(10, List.of("session.UsersSearch*"), List.of("session.UsersSearchTest")),
    /** How long nodes trust what they know, and how long a logout waits for that. */
    LEASES(
            111,
            List.of(
                    "revocation.EarliestTimer",
                    "revocation.Lease",
                    "revocation.Lease$*",
                    "revocation.LeaseWait",
                    "revocation.LeaseWait$*",
                    "revocation.PartialFloors*",
                    "revocation.ProtocolLimits"),
            List.of(
                    "revocation.ConfirmationTest",
                    "revocation.EarliestTimerTest",
                    "revocation.FeedTest",
                    "revocation.Lease*Test",
                    "revocation.PartialFloorsTest",
                    "revocation.ProtocolLimitsTest",
                    "revocation.SettlementTest",
                    "revocation.SlowCommitTest")),
    /** What a node knows of revocations, and how it comes to know it. */
    FACTS(
            154,
            List.of("revocation.CurrentFacts", "revocation.Facts", "revocation.Facts$*", "revocation.PolledPage"),
            List.of(
                    "revocation.CurrentFactsTest",
                    "revocation.FactsTest",
                    "revocation.Feed*Test",
                    "revocation.LeaseToldTest",
                    "revocation.PartialFloorsTest",
                    "revocation.PokesTest",
                    "revocation.PolledPageTest",
                    "revocation.PushedPositionsTest",
                    "revocation.RevokedSetTest",
                    "revocation.SettlementTest")),
    /** What follows a commit: the push, and the waiting for the other nodes. */
    WAITS(
            128,
            List.of(
                    "revocation.Confirmation*",
                    "revocation.Fencing",
                    "revocation.LeaseWaits",
                    "revocation.NodeProgressPoller",
                    "revocation.Settled",
                    "revocation.Settlement"),
            List.of(
                    "revocation.BrokenWaitsTest",
                    "revocation.ConfirmationTest",
                    "revocation.LeaseWait*Test",
                    "revocation.NodeProgressPollerTest",
                    "revocation.PokesTest",
                    "revocation.PushedSettlementTest",
                    "revocation.SettlementTest",
                    "revocation.SlowCommitTest")),
    /** How revocations are committed together. */
    COMMITTER(
            163,
            List.of(
                    "revocation.Announcements*",
                    "revocation.FrequentPrincipals",
                    "revocation.GroupCommit",
                    "revocation.PendingRevocation*",
                    "revocation.RevocationCommitter*"),
            List.of(
                    "revocation.AnnouncementsTest",
                    "revocation.AwaitedRevocationTest",
                    "revocation.FrequentPrincipalsTest",
                    "revocation.GroupCommitTest",
                    "revocation.RevocationCommitterTest",
                    "revocation.RevocationEventsTest",
                    "revocation.RevocationPartsTest",
                    "revocation.RevocationStepsTest",
                    "revocation.SlowCommitTest")),
    /** What a node remembers of what was revoked. */
    REVOKED_SET(
            111,
            List.of("revocation.RevokedSet*"),
            List.of("revocation.FactsTest", "revocation.PartialFloorsTest", "revocation.RevokedSetTest")),
    /** How a node follows the log, and trims it. */
    FEED(
            205,
            List.of(
                    "revocation.Feed",
                    "revocation.NodeMembership",
                    "revocation.Pokes*",
                    "revocation.SeenLongAgo*",
                    "revocation.SingleNode*",
                    "revocation.Trimmer"),
            List.of(
                    "revocation.Feed*Test",
                    "revocation.LeaseToldTest",
                    "revocation.PokesTest",
                    "revocation.PushedPositionsTest",
                    "revocation.RevocationNodeTest",
                    "revocation.SingleNodeTest",
                    "revocation.TrimmerTest")),
    /** How the parts of a node come together, and what may be set of them. */
    NODE(
            38,
            List.of("revocation.RevocationListener", "revocation.RevocationNode", "revocation.RevocationSettings*"),
            List.of("revocation.RevocationNodeTest", "revocation.RevocationSettingsTest")),
    /** What a database's failures mean, and what callers are told of them. */
    STORE_FAILURES(
            57,
            List.of(
                    "store.jdbc.connection.Failures",
                    "store.jdbc.connection.RefusedException",
                    "store.jdbc.connection.SqlErrors*"),
            List.of(
                    "store.jdbc.connection.FailureMessagesTest",
                    "store.jdbc.connection.GatheringTest",
                    "store.jdbc.connection.RefusedExceptionTest",
                    "store.jdbc.connection.SqlErrorsTest",
                    "store.jdbc.connection.SqlStateTest",
                    "store.jdbc.connection.StoreExecutorTest")),
    /** What settings are, and what may be set of a store. */
    STORE_SETTINGS(
            66,
            List.of(
                    "spi.Durations",
                    "spi.Setting",
                    "spi.Settings",
                    "spi.Values*",
                    "store.jdbc.DataSourceSettings",
                    "store.jdbc.StoreSettings"),
            List.of("spi.SettingTest", "store.jdbc.DataSourceSettingsTest", "store.jdbc.StoreSettingsTest"));

    private final int mutants;
    private final List<String> classes;
    private final List<String> judges;

    /**
     * @param mutants that there are at least: fewer would say that less is judged than before
     * @param classes that are broken, without {@code dev.lockstep}
     * @param judges tests that are quick: none that starts a server or a database
     */
    MutatedPart(int mutants, List<String> classes, List<String> judges) {
        this.mutants = mutants;
        this.classes = classes;
        this.judges = judges;
    }

    int mutants() {
        return mutants;
    }

    List<String> classes() {
        return classes.stream().map(MutatedPart::full).toList();
    }

    List<Predicate<String>> judges() {
        return judges.stream()
                .map(MutatedPart::full)
                .<Predicate<String>>map(Glob::new)
                .toList();
    }

    boolean has(String name) {
        return classes().stream().anyMatch(glob -> new Glob(glob).test(full(name)));
    }

    /** As the command prints it. */
    String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String full(String name) {
        return "dev.lockstep." + name;
    }
}
