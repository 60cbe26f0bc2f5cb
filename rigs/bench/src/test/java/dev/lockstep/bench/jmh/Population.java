package dev.lockstep.bench.jmh;

import dev.lockstep.IssuedToken;
import dev.lockstep.Session;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionToken;
import dev.lockstep.TokenDigest;
import dev.lockstep.bench.Databases;
import dev.lockstep.bench.Node;
import dev.lockstep.cache.memory.MemoryCacheProvider;
import dev.lockstep.revocation.ReadFacts;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A node with so many sessions in its near cache and so many revoked digests among its facts.
 * Only the first session is in the store, since that many could not be opened in the time of a
 * benchmark; the other copies differ from its copy in token, identifier and principal.
 */
final class Population implements AutoCloseable {

    private static final int BATCH = 1_000;

    private final Node node;
    private final List<SessionToken> tokens;
    private final List<SessionCopy> copies;

    private Population(Node node, List<SessionToken> tokens, List<SessionCopy> copies) {
        this.node = node;
        this.tokens = tokens;
        this.copies = copies;
    }

    static Population of(int sessions, int revoked) {
        return of(sessions, revoked, NodeListener.NONE);
    }

    static Population of(int sessions, int revoked, NodeListener listener) {
        SessionCache near = MemoryCacheProvider.open(Node.context(Math.max(100_000L, 2L * sessions)));
        Node node = Node.heard(Databases.h2(), near, limits(revoked), listener);
        IssuedToken first = node.sessions().open("user-0@example.com", Set.of("user", "admin"), Map.of());
        node.awaitLease(first.token());
        SessionCopy pattern = node.copyOf(first);
        revoke(node, revoked);
        Random random = new Random(1);
        List<SessionToken> tokens = new ArrayList<>();
        List<SessionCopy> copies = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            SessionToken token = node.newToken();
            SessionCopy copy = copy(pattern, Node.digestOf(token), text(random, 16), "user-" + i + "@example.com");
            near.put(copy, Node.TIME_TO_LIVE);
            tokens.add(token);
            copies.add(copy);
        }
        return new Population(node, tokens, copies);
    }

    /** Puts so many digests among a node's facts, as polls do. */
    static void revoke(Node node, int number) {
        Random random = new Random(2);
        for (int done = 0; done < number; done += BATCH) {
            List<Revocation> batch = new ArrayList<>();
            for (int i = 0; i < Math.min(BATCH, number - done); i++) {
                batch.add(revocation(random));
            }
            ReadFacts.add(node.receiver(), batch);
        }
    }

    /** Room for just so many, in both generations. */
    static FactsLimits limits(int revoked) {
        return revoked == 0 ? FactsLimits.DEFAULT : new FactsLimits(revoked + 2, Duration.ofHours(1));
    }

    Node node() {
        return node;
    }

    List<SessionToken> tokens() {
        return tokens;
    }

    List<SessionCopy> copies() {
        return copies;
    }

    /**
     * Uses each session once, as its first request does, and makes sure that the near cache has
     * answered.
     */
    Population used() {
        int before = node.storeReads();
        for (SessionToken token : tokens) {
            node.sessions().find(token).orElseThrow(() -> new IllegalStateException("a token that is not found"));
        }
        if (node.storeReads() != before) {
            throw new IllegalStateException("a copy that the near cache does not have");
        }
        return this;
    }

    @Override
    public void close() {
        node.close();
    }

    private static Revocation revocation(Random random) {
        TokenDigest digest =
                new TokenDigest(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
        return new Revocation(0, digest, "id", "nobody", Revocation.Cause.REVOKED, Instant.now());
    }

    private static SessionCopy copy(SessionCopy pattern, TokenDigest digest, String id, String principal) {
        Session session = pattern.session();
        Session other = new Session(
                id,
                principal,
                session.groups(),
                session.attributes(),
                session.createdAt(),
                session.lastSeenAt(),
                session.expiresAt(),
                session.idleTimeout());
        return new SessionCopy(digest, other, pattern.epoch(), pattern.position());
    }

    private static String text(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
