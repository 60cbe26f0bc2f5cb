package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.SessionToken;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyRingStore;
import dev.lockstep.spi.KeyRingStore.Former;
import dev.lockstep.spi.KeyVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which tokens a node refuses by itself, and when it must ask the store. */
class TokenVerifierTest {

    private static final Duration OLD = Keyed.KEEP.plusDays(1);
    private static final SessionToken BARE = SessionToken.of("A".repeat(43));
    private static final SessionToken PREFIXED = SessionToken.of("lks_" + "A".repeat(43));

    private final NaiveStore store = new NaiveStore();
    private final HandClock clock = new HandClock();
    private final ApplicationKey key = Keyed.kept("/shop", store, clock);
    private final TokenVerifier verifier = new TokenVerifier(key);

    @Test
    void aTokenWithoutATagIsLookedUpWhileSessionsFromBeforeThereWereTagsMayLive() {
        started();
        assertThat(verifier.mayBeOurs(BARE)).isTrue();
        assertThat(verifier.mayBeOurs(PREFIXED)).isTrue();

        pass(OLD.minusMillis(1));
        assertThat(verifier.mayBeOurs(BARE)).isTrue();
        assertThat(verifier.isForged(BARE)).isFalse();

        pass(Duration.ofMillis(1));
        assertThat(verifier.mayBeOurs(BARE)).isFalse();
        assertThat(verifier.mayBeOurs(PREFIXED)).isFalse();
        assertThat(verifier.isForged(BARE)).isTrue();
        assertThat(verifier.isForged(PREFIXED)).isTrue();
    }

    @Test
    void whatHasNotTheFormIsRefusedAtOnceAndIsNoForgery() {
        started();
        for (String text : List.of("", "lks_", "A".repeat(42), "A".repeat(44), "_" + "A".repeat(43), "x".repeat(61))) {
            assertThat(verifier.mayBeOurs(SessionToken.of(text))).as(text).isFalse();
            assertThat(verifier.isForged(SessionToken.of(text))).as(text).isFalse();
        }
    }

    @Test
    void aNodeThatHasNotReadTheLogForLongAsksTheStore() {
        old();
        assertThat(verifier.mayBeOurs(BARE)).isFalse();

        clock.advance(Keyed.RELIANCE.minusMillis(1));
        assertThat(verifier.mayBeOurs(BARE)).isFalse();

        clock.advance(Duration.ofMillis(1));
        assertThat(verifier.mayBeOurs(BARE)).isTrue();
    }

    @Test
    void soDoesOneWhoseMachineWasSuspended() {
        old();
        clock.sleep(Keyed.RELIANCE);

        assertThat(verifier.mayBeOurs(BARE)).isTrue();
    }

    @Test
    void soDoesOneThatHasHeardOfAVersionThatItHasNotRead() {
        old();
        long next = replaced();
        SessionToken issued = with(store).newToken();

        key.polled(next + 1, store.now(), clock.nanoTime(), clock.wallMillis());

        assertThat(verifier.mayBeOurs(BARE)).isTrue();
        assertThat(verifier.mayBeOurs(issued)).isTrue();
    }

    @Test
    void soDoesOneThatDoesNotKnowTheKey() {
        store.keyRing(Keyed.KEEP);
        store.advance(OLD);
        poll();
        assertThat(verifier.mayBeOurs(BARE)).as("it was read by then").isFalse();

        TokenVerifier other = new TokenVerifier(Keyed.kept("/shop", store, clock));
        assertThat(other.mayBeOurs(BARE)).isTrue();
    }

    @Test
    void tokensOfFormerVersionsStayGood() {
        old();
        SessionToken first = with(store).newToken();
        replaced();
        poll();
        pass(Keyed.SETTLING);
        SessionToken second = with(store).newToken();

        assertThat(verifier.mayBeOurs(first)).isTrue();
        assertThat(verifier.mayBeOurs(second)).isTrue();
        assertThat(verifier.isForged(BARE)).isTrue();
    }

    /** By the order in which versions are used and refused: ApplicationKey. */
    @ParameterizedTest
    @EnumSource
    void aNodeThatHasNotPolledSinceAChangeRefusesNoneOfTheOthersTokens(Former former) {
        old();
        ApplicationKey others = Keyed.kept("/shop", store, clock);
        others.start();
        replaced(former);
        long version = store.keyRing(Keyed.KEEP).inForce().number();
        for (int second = 0; second < 200; second++) {
            others.polled(version, store.now(), clock.nanoTime(), clock.wallMillis());
            SessionToken issued = new TokenGenerator("lks", others).newToken();
            assertThat(verifier.mayBeOurs(issued)).as("after %d s", second).isTrue();
            store.advance(Duration.ofSeconds(1));
            clock.advance(Duration.ofSeconds(1));
        }
    }

    /** One that has just started, and one that has started and polled. */
    @ParameterizedTest
    @EnumSource
    void norThoseOfANodeThatHasStartedSince(Former former) {
        old();
        replaced(Former.STAYS);
        long version = replaced(former);
        for (int second = 0; second < 200; second++) {
            ApplicationKey others = Keyed.kept("/shop", store, clock);
            others.start();
            assertThat(verifier.mayBeOurs(tagged(others))).as("at %d s", second).isTrue();
            others.polled(version, store.now(), clock.nanoTime(), clock.wallMillis());
            assertThat(verifier.mayBeOurs(tagged(others)))
                    .as("polled at %d s", second)
                    .isTrue();
            store.advance(Duration.ofSeconds(1));
            clock.advance(Duration.ofSeconds(1));
        }
    }

    /** What is deleted must leave one that is old enough to vouch for all. */
    @Test
    void aKeyThatIsReplacedEveryDayStillTellsForgedTokens() {
        old();
        for (int day = 0; day < 5; day++) {
            key.replace(Former.STAYS);
            poll();
            assertThat(verifier.isForged(BARE)).as("day %d", day).isTrue();
            pass(Duration.ofDays(1));
        }
    }

    /** Living sessions have them. */
    @Test
    void afterALeakTagsOfFormerVersionsAreRecognisedAndForgedTokensStillTold() {
        old();
        SessionToken living = with(store).newToken();
        key.replace(Former.LEAKED);
        poll();

        assertThat(verifier.mayBeOurs(living)).isTrue();
        assertThat(verifier.isForged(BARE)).isTrue();
        assertThat(verifier.mayBeOurs(tagged(key))).isTrue();

        pass(OLD);
        key.replace(Former.STAYS);
        poll();
        assertThat(verifier.isForged(living)).as("no such session is left").isTrue();
        assertThat(verifier.mayBeOurs(tagged(key))).isTrue();
    }

    @Test
    void whereThereIsNoKeyNothingIsForgedAndTokensHaveTheSameForm() {
        ApplicationKey absent = ApplicationKey.absent("/shop");
        TokenVerifier without = new TokenVerifier(absent);

        assertThat(without.mayBeOurs(BARE)).isTrue();
        assertThat(without.isForged(BARE)).isFalse();
        assertThat(new TokenGenerator("lks", absent).newToken().value()).matches("lks_[A-Za-z0-9_-]{43}");
    }

    @Test
    void aConfiguredKeyIsAsOldAsTheNode() {
        KeyVersion version = new KeyVersion(1, new byte[KeyVersion.SHORTEST_SECRET], Instant.EPOCH);
        ApplicationKey configured =
                ApplicationKey.configured("/shop", new KeyRing(List.of(version)), Keyed.KEEP, clock);
        TokenVerifier by = new TokenVerifier(configured);
        assertThat(by.mayBeOurs(BARE)).isTrue();

        clock.advance(OLD);

        assertThat(by.mayBeOurs(BARE)).isFalse();
        assertThat(by.mayBeOurs(new TokenGenerator("lks", configured).newToken()))
                .isTrue();
    }

    /** As docs/howto/key.md says: both, the other one first, and the new one alone. */
    @Test
    void whileAConfiguredKeyIsChangedNodeByNodeNoTokenOfANeighbourIsForged() {
        KeyVersion a = version(1);
        KeyVersion b = version(2);
        List<ApplicationKey> nodes = Stream.of(List.of(a), List.of(a, b), List.of(b, a), List.of(b))
                .map(versions -> ApplicationKey.configured("/shop", new KeyRing(versions), Keyed.KEEP, clock))
                .toList();
        clock.advance(OLD);

        for (int i = 1; i < nodes.size(); i++) {
            assertThat(isForged(nodes.get(i), nodes.get(i - 1))).isFalse();
            assertThat(isForged(nodes.get(i - 1), nodes.get(i))).isFalse();
        }
        assertThat(isForged(nodes.get(2), nodes.get(0))).as("a step left out").isTrue();
    }

    private static boolean isForged(ApplicationKey with, ApplicationKey by) {
        SessionToken token = tagged(with);
        return new TokenVerifier(by).isForged(token);
    }

    private static KeyVersion version(int number) {
        byte[] secret = new byte[KeyVersion.SHORTEST_SECRET];
        secret[0] = (byte) number;
        return new KeyVersion(number, secret, Instant.EPOCH);
    }

    /** It would be taken for a forged one once the key is known. */
    @Test
    void noTokenIsIssuedWithoutATagWhereThereIsAKey() {
        AtomicBoolean away = new AtomicBoolean(true);
        KeyRingStore unsteady = new KeyRingStore() {
            @Override
            public KeyRing keyRing(Duration keep) {
                if (away.get()) {
                    throw new StoreUnavailableException("away", null);
                }
                return store.keyRing(keep);
            }

            @Override
            public KeyRing replaceKey(long number, Duration keep, Former former) {
                return store.replaceKey(number, keep, former);
            }
        };
        ApplicationKey unknown = ApplicationKey.kept(
                "/shop", unsteady, Keyed.KEEP, Keyed.RELIANCE, Keyed.SETTLING, Runnable::run, clock);
        TokenGenerator tokens = new TokenGenerator("lks", unknown);

        assertThatThrownBy(tokens::newToken).isInstanceOf(StoreUnavailableException.class);

        away.set(false);
        SessionToken issued = tokens.newToken();
        old();
        assertThat(verifier.mayBeOurs(issued)).isTrue();
    }

    private static TokenGenerator with(NaiveStore store) {
        ApplicationKey theirs = Keyed.kept("/shop", store, new HandClock());
        theirs.start();
        return new TokenGenerator("lks", theirs);
    }

    private static SessionToken tagged(ApplicationKey with) {
        return new TokenGenerator("lks", with).newToken();
    }

    private long replaced() {
        return replaced(Former.STAYS);
    }

    private long replaced(Former former) {
        long version = store.keyRing(Keyed.KEEP).inForce().number();
        return store.replaceKey(version, Keyed.KEEP, former).inForce().number();
    }

    private void started() {
        key.start();
        poll();
    }

    private void old() {
        started();
        pass(OLD);
    }

    private void pass(Duration time) {
        store.advance(time);
        clock.advance(time);
        poll();
    }

    private void poll() {
        key.polled(
                store.poll("nobody", store.nodes().head(), 1).keyVersion(),
                store.now(),
                clock.nanoTime(),
                clock.wallMillis());
    }
}
