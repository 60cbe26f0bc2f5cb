package dev.lockstep.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyRingStore;
import dev.lockstep.spi.KeyRingStore.Former;
import dev.lockstep.spi.KeyVersion;
import dev.lockstep.spi.RevocationTarget.OfToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store that keeps an application's key must do. */
public abstract class KeyRingContract extends StoreScenario {

    private static final Duration LONG = Duration.ofDays(1);

    @Test
    void aKeyIsMadeByWhoeverAsksFirstAndReadByAllOthers() throws Exception {
        KeyRing first = keys(node()).keyRing(LONG);

        assertThat(first.versions()).hasSize(1);
        assertThat(first.inForce().secret()).hasSizeGreaterThanOrEqualTo(KeyVersion.SHORTEST_SECRET);
        assertThat(keys(node()).keyRing(LONG)).isEqualTo(first);
        assertThat(keys(node()).keyRing(LONG)).isEqualTo(first);
    }

    @Test
    void ofNodesThatAskAtTheSameTimeOneMakesTheKey() throws Exception {
        for (int round = 0; round < 5; round++) {
            String another = "/" + UUID.randomUUID();
            List<Node> nodes = nodes(another, 6);

            List<KeyRing> read = concurrently.run(nodes.stream()
                    .map(node -> (Callable<KeyRing>) () -> keys(node).keyRing(LONG))
                    .toList());

            assertThat(read).containsOnly(keys(nodes.get(0)).keyRing(LONG));
            assertThat(read.get(0).versions()).hasSize(1);
        }
    }

    @Test
    void ofNodesThatReplaceAVersionAtTheSameTimeOneDoes() throws Exception {
        List<Node> nodes = nodes(application, 6);
        for (int round = 0; round < 5; round++) {
            KeyVersion former = keys(nodes.get(0)).keyRing(LONG).inForce();

            List<KeyRing> replaced = concurrently.run(nodes.stream()
                    .map(node -> (Callable<KeyRing>) () -> keys(node).replaceKey(former.number(), LONG, Former.STAYS))
                    .toList());

            assertThat(replaced).containsOnly(keys(nodes.get(0)).keyRing(LONG));
            assertThat(replaced.get(0).versions()).hasSize(round + 2);
            assertThat(replaced.get(0).inForce()).isNotEqualTo(former);
        }
    }

    @Test
    void whoReplacesAVersionThatIsNotInForceChangesNothing() throws Exception {
        KeyRingStore keys = keys(node());
        KeyRing first = keys.keyRing(LONG);
        KeyRing second = keys.replaceKey(first.inForce().number(), LONG, Former.STAYS);

        assertThat(keys.replaceKey(first.inForce().number(), LONG, Former.STAYS))
                .isEqualTo(second);
        assertThat(keys.replaceKey(0, LONG, Former.STAYS)).isEqualTo(second);
        assertThat(keys.keyRing(LONG)).isEqualTo(second);
    }

    @Test
    void formerVersionsFollowTheOneInForceFromTheYoungestToTheOldest() throws Exception {
        KeyRingStore keys = keys(node());
        List<KeyVersion> made = new ArrayList<>(List.of(keys.keyRing(LONG).inForce()));
        for (int i = 0; i < 3; i++) {
            awaitTick();
            made.add(
                    0, keys.replaceKey(made.get(0).number(), LONG, Former.STAYS).inForce());
        }

        assertThat(keys.keyRing(LONG).versions()).isEqualTo(made);
        assertThat(made).extracting(KeyVersion::number).doesNotHaveDuplicates();
        assertThat(secrets(made)).hasSize(made.size());
    }

    @Test
    void aVersionThatWasReplacedLongAgoIsDeletedWhenANewOneIsMade() throws Exception {
        KeyRingStore keys = keys(node());
        KeyVersion first = keys.keyRing(LONG).inForce();
        awaitTick();
        KeyVersion second = keys.replaceKey(first.number(), LONG, Former.STAYS).inForce();
        awaitTick();
        KeyVersion third = keys.replaceKey(second.number(), LONG, Former.STAYS).inForce();
        assertThat(keys.keyRing(Duration.ofMillis(1)).versions()).containsExactly(third, second, first);
        awaitTick();

        KeyVersion fourth = keys.replaceKey(third.number(), Duration.ofMillis(1), Former.STAYS)
                .inForce();

        assertThat(keys.keyRing(LONG).versions()).containsExactly(fourth, third);
    }

    /** Sessions live on, whose tokens bear tags of theirs. */
    @Test
    void afterALeakFormerVersionsStayAndAreMarkedForEver() throws Exception {
        KeyRingStore keys = keys(node());
        KeyVersion first = keys.keyRing(LONG).inForce();
        awaitTick();
        KeyVersion second = keys.replaceKey(first.number(), LONG, Former.STAYS).inForce();
        awaitTick();

        KeyRing replaced = keys.replaceKey(second.number(), LONG, Former.LEAKED);

        KeyVersion third = replaced.inForce();
        assertThat(third.isLeaked()).isFalse();
        assertThat(replaced.versions()).containsExactly(third, leaked(second), leaked(first));
        assertThat(keys(node()).keyRing(LONG)).isEqualTo(replaced);
        awaitTick();
        KeyRing next = keys.replaceKey(third.number(), LONG, Former.STAYS);
        assertThat(next.versions()).containsExactly(next.inForce(), third, leaked(second), leaked(first));
    }

    @Test
    void whoReplacesAVersionThatIsNotInForceMarksNone() throws Exception {
        KeyRingStore keys = keys(node());
        KeyVersion first = keys.keyRing(LONG).inForce();
        KeyRing second = keys.replaceKey(first.number(), LONG, Former.STAYS);

        assertThat(keys.replaceKey(first.number(), LONG, Former.LEAKED)).isEqualTo(second);
        assertThat(keys.replaceKey(0, LONG, Former.LEAKED)).isEqualTo(second);
        assertThat(keys.keyRing(LONG)).isEqualTo(second);
    }

    @Test
    void ofNodesThatReplaceALeakedVersionAtTheSameTimeOneDoes() throws Exception {
        List<Node> nodes = nodes(application, 6);
        KeyVersion former = keys(nodes.get(0)).keyRing(LONG).inForce();

        List<KeyRing> replaced = concurrently.run(nodes.stream()
                .map(node -> (Callable<KeyRing>) () -> keys(node).replaceKey(former.number(), LONG, Former.LEAKED))
                .toList());

        assertThat(replaced).containsOnly(keys(nodes.get(0)).keyRing(LONG));
        assertThat(replaced.get(0).versions()).hasSize(2).endsWith(leaked(former));
    }

    @Test
    void aLeakedVersionThatWasReplacedLongAgoIsDeletedLikeAnyOther() throws Exception {
        KeyRingStore keys = keys(node());
        KeyVersion first = keys.keyRing(LONG).inForce();
        awaitTick();
        KeyVersion second = keys.replaceKey(first.number(), LONG, Former.LEAKED).inForce();
        awaitTick();

        KeyVersion third = keys.replaceKey(second.number(), Duration.ofMillis(1), Former.LEAKED)
                .inForce();

        assertThat(keys.keyRing(LONG).versions()).containsExactly(third, leaked(second));
    }

    @Test
    void aVersionTellsWhenItWasMadeByTheStoresClock() throws Exception {
        Instant before = opened("alice").session().createdAt();
        KeyVersion version = keys(node()).keyRing(LONG).inForce();

        assertThat(version.createdAt())
                .isBetween(before, opened("alice").session().createdAt());
    }

    @Test
    void theNextPollOfEveryNodeTellsTheVersionInForce() throws Exception {
        Node another = node();
        assertThat(told(another)).isZero();

        KeyVersion first = keys(node()).keyRing(LONG).inForce();
        assertThat(told(another)).isEqualTo(first.number());
        store.revoke(List.of(new OfToken(opened("alice").digest())));
        assertThat(told(another)).isEqualTo(first.number());

        KeyVersion second =
                keys(node()).replaceKey(first.number(), LONG, Former.STAYS).inForce();
        assertThat(told(another)).isEqualTo(second.number()).isNotEqualTo(first.number());
    }

    @Test
    void anotherApplicationHasAnotherKey() throws Exception {
        KeyRingStore keys = keys(node());
        KeyRing ours = keys.keyRing(LONG);
        Node stranger = node("/" + UUID.randomUUID());

        KeyRing theirs = keys(stranger).keyRing(LONG);
        keys(stranger).replaceKey(ours.inForce().number(), LONG, Former.STAYS);
        keys(stranger).replaceKey(theirs.inForce().number(), LONG, Former.LEAKED);

        assertThat(secrets(ours.versions())).doesNotContainAnyElementsOf(secrets(theirs.versions()));
        assertThat(told(stranger)).isNotEqualTo(ours.inForce().number());
        assertThat(keys.keyRing(LONG)).isEqualTo(ours);
    }

    /** What a reader overwrites is its own. */
    @Test
    void aDestroyedKeyIsReadAgain() throws Exception {
        KeyRingStore keys = keys(node());
        KeyRing read = keys.keyRing(LONG);
        Set<List<Byte>> secret = secrets(read.versions());
        read.destroy();

        assertThat(secrets(read.versions())).isNotEqualTo(secret);
        assertThat(secrets(keys.keyRing(LONG).versions())).isEqualTo(secret);
    }

    private static KeyVersion leaked(KeyVersion version) {
        return new KeyVersion(version.number(), version.secret(), version.createdAt(), true);
    }

    private List<Node> nodes(String application, int count) throws Exception {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(node(application));
        }
        return nodes;
    }

    private static KeyRingStore keys(Node node) {
        return (KeyRingStore) node.store();
    }

    private static long told(Node node) {
        return node.log().poll("none", node.log().nodes().head(), 1).keyVersion();
    }

    private static Set<List<Byte>> secrets(List<KeyVersion> versions) {
        Set<List<Byte>> secrets = new HashSet<>();
        for (KeyVersion version : versions) {
            byte[] secret = version.secret();
            secrets.add(
                    IntStream.range(0, secret.length).mapToObj(i -> secret[i]).toList());
        }
        return secrets;
    }

    /** Until the store's clock shows another millisecond. */
    private void awaitTick() throws Exception {
        Instant before = ago(Duration.ZERO);
        elapse(Duration.ofMillis(1));
        while (!ago(Duration.ZERO).isAfter(before)) {
            Thread.onSpinWait();
        }
    }
}
