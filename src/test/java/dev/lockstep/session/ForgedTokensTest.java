package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.memory.MemoryCacheProvider;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.Samples;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.spi.LocalCache;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Lookup.Result;
import dev.lockstep.spi.Lookup.Source;
import dev.lockstep.spi.NewSession;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What tokens cost that no node has issued, on a node with all of its parts. */
class ForgedTokensTest extends NodeScenario {

    private static final int FLOOD = 5_000;
    private static final Duration OLD = Keyed.KEEP.plusDays(1);

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final CountedCache shared = new CountedCache();
    private final Calls calls = new Calls();
    private final TokenGenerator forger = Keyed.tokens("another");
    private final SessionManager sessions;

    ForgedTokensTest() {
        observer = calls;
        key = Keyed.kept("test", store.uncounted(), NodeClock.SYSTEM);
        key.start();
        sessions = behind(shared);
    }

    private SessionManager behind(SessionCache cache) {
        return node(MemoryCacheProvider.open(ContractContext.of("test", scheduler, NodeClock.SYSTEM)), cache, LEASE);
    }

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void aFloodOfThemAsksNeitherTheStoreNorTheSharedCache() {
        haveOnlyTags();
        int storeBefore = calls.ofRequests();
        int sharedBefore = shared.reads.get();

        for (int i = 0; i < FLOOD; i++) {
            SessionToken forged = i % 2 == 0 ? forger.newToken() : bare();
            assertThat(sessions.find(forged)).isEmpty();
            assertThat(sessions.findConfirmed(forged)).isEmpty();
            assertThat(sessions.rotate(forged)).isEmpty();
        }

        assertThat(calls.ofRequests()).isEqualTo(storeBefore);
        assertThat(shared.reads).hasValue(sharedBefore);
        assertThat(calls.byTag).hasValue(2 * FLOOD);
    }

    /** A hit there proves more than the tag, which so is left for what it does not have. */
    @Test
    void behindACacheThatIsAtHandTheyAskNotTheStoreEitherAndNobodyMissesThem() {
        CountedCache atHand = new LocalCountedCache();
        SessionManager behind = behind(atHand);
        haveOnlyTags();
        SessionToken unproven = forger.newToken();
        int before = calls.ofRequests();

        for (int i = 0; i < FLOOD; i++) {
            assertThat(behind.find(i % 2 == 0 ? forger.newToken() : bare())).isEmpty();
        }
        assertThat(behind.find(SessionToken.of(unproven.value() + "A"))).isEmpty();

        assertThat(calls.ofRequests()).isEqualTo(before);
        assertThat(calls.byTag).hasValue(FLOOD + 1);
        assertThat(calls.missed).hasValue(0);
        assertThat(atHand.reads).hasValue(FLOOD);
    }

    @Test
    void theTagIsLookedAtBehindACacheThatIsAtHandAndInFrontOfAnyOther() {
        CountedCache atHand = new LocalCountedCache();
        SessionManager behind = behind(atHand);
        haveOnlyTags();
        SessionToken token = forger.newToken();
        SessionCopy copy = store.uncounted().open(of(token));
        atHand.put(copy, Duration.ofMinutes(1));
        shared.put(copy, Duration.ofMinutes(1));

        assertThat(behind.find(token)).isPresent();
        assertThat(sessions.find(token)).isEmpty();
    }

    @Test
    void whoIsLoggedInStaysAndWhoLogsInMayMeanwhile() {
        haveOnlyTags();
        IssuedToken before = openOnceLeased(sessions);
        for (int i = 0; i < FLOOD; i++) {
            sessions.find(forger.newToken());
        }
        IssuedToken issued = sessions.open("bob", Set.of());

        assertThat(sessions.find(before.token())).contains(before.session());
        assertThat(sessions.find(issued.token())).isPresent();
        assertThat(sessions.findConfirmed(issued.token())).isPresent();
        sessions.revoke(issued.token());
        assertThat(sessions.find(issued.token())).isEmpty();
    }

    /** A node that has just started may know a younger key. */
    @Test
    void noLogoutRestsOnATag() {
        haveOnlyTags();
        SessionToken token = forger.newToken();
        store.uncounted().open(of(token));

        SessionToken another = forger.newToken();
        store.uncounted().open(of(another));

        assertThat(sessions.revoke(token).awaited()).isTrue();
        sessions.revokeAsync(another).toCompletableFuture().join();

        assertThat(store.uncounted().list("alice")).isEmpty();
    }

    @Test
    void whereItsTagMayBeUnknownALogoutIsSeenThrough() {
        LogPosition before = store.nodes().head();

        assertThat(sessions.revoke(forger.newToken()).awaited()).isTrue();

        assertThat(store.nodes().head()).isNotEqualTo(before);
    }

    /** Its digest is what it was, and its token has neither prefix nor tag. */
    @Test
    void aSessionFromBeforeThereWereTagsIsFoundAndLoggedOut() {
        SessionToken token = bare();
        store.uncounted().open(of(token));

        assertThat(sessions.find(token)).isPresent();
        assertThat(sessions.findConfirmed(token)).isPresent();
        SessionToken next = sessions.rotate(token).orElseThrow().token();
        assertThat(sessions.find(token)).isEmpty();
        assertThat(next.value()).startsWith("lks_");
        sessions.revoke(next);
        assertThat(sessions.find(next)).isEmpty();
    }

    /** So a change of the prefix, node by node, logs nobody out. */
    @Test
    void aTokenWithThePrefixOfAnotherNodeIsFound() {
        haveOnlyTags();
        SessionToken token = new TokenGenerator("shop", key).newToken();
        store.uncounted().open(of(token));

        assertThat(sessions.find(token)).isPresent();
        assertThat(sessions.find(token)).isPresent();
        assertThat(sessions.find(SessionToken.of("lks" + token.value().substring(4))))
                .isEmpty();
        assertThat(sessions.find(SessionToken.of(token.value().substring(5)))).isEmpty();
    }

    private static NewSession of(SessionToken token) {
        return Samples.session("alice", Digests.of("test", token));
    }

    private SessionToken bare() {
        return new TokenGenerator("", ApplicationKey.absent("test")).newToken();
    }

    /** Until the node knows that every session has a tag of its key. */
    private void haveOnlyTags() {
        store.uncounted().advance(OLD);
        await().until(() -> key.known().coversEverySession());
    }

    private static class CountedCache extends HoardingCache {

        final AtomicInteger reads = new AtomicInteger();

        @Override
        public @Nullable SessionCopy get(TokenDigest digest) {
            reads.incrementAndGet();
            return super.get(digest);
        }
    }

    private static final class LocalCountedCache extends CountedCache implements LocalCache {

        @Override
        public boolean isLocal() {
            return true;
        }
    }

    /** Calls of the store but those that nodes make by themselves. */
    private static final class Calls implements NodeListener {

        final AtomicInteger byTag = new AtomicInteger();
        final AtomicInteger missed = new AtomicInteger();
        private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

        @Override
        public void lookedUp(Source answeredBy, Result result, long nanos) {
            if (answeredBy == Source.TAG) {
                assertThat(result).isEqualTo(Result.NOT_LIVE);
                byTag.incrementAndGet();
            }
        }

        @Override
        public void missed(Source cache) {
            missed.incrementAndGet();
        }

        @Override
        public void storeCalled(String operation, Duration took, @Nullable Throwable failure) {
            calls.computeIfAbsent(operation, name -> new AtomicInteger()).incrementAndGet();
        }

        int ofRequests() {
            Set<String> ofNodes = Set.of("poll", "acknowledge", "register", "trim", "nodes", "deleteExpired");
            return calls.entrySet().stream()
                    .filter(call -> !ofNodes.contains(call.getKey()))
                    .mapToInt(call -> call.getValue().get())
                    .sum();
        }
    }
}
