package dev.lockstep.bench.jmh;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.TokenDigest;
import dev.lockstep.bench.Databases;
import dev.lockstep.bench.Node;
import dev.lockstep.cache.guard.GuardedCache;
import dev.lockstep.cache.wire.CopyCodec;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import dev.lockstep.spi.CopySeal;
import dev.lockstep.web.HeaderLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A hit in a cache outside the JVM's heap, without a near cache; and the same by the backend's
 * own client.
 */
public class Shared extends Call {

    private static final int SESSIONS = 1_000;

    @Param("redis")
    String backend;

    @Param("ours")
    String way;

    private Comparison opened;
    private SessionCache cache;
    private Node node;
    private SessionManager manager;
    private Headers headers;
    private Sha256 sha256;
    private AesGcm aesGcm;
    private final CopyCodec codec = new CopyCodec();

    @Setup
    public void open() throws Exception {
        opened = Comparison.open(backend);
        ContractContext context = Node.context(100_000);
        cache = GuardedCache.around(opened.cache(context), backend, context);
        node = new Node(Databases.h2(), null, cache, FactsLimits.DEFAULT);
        manager = node.sessions();
        sha256 = new Sha256(Node.APPLICATION);
        List<SessionToken> tokens = new ArrayList<>();
        List<SessionCopy> copies = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            IssuedToken issued = manager.open("user-" + i + "@example.com", Set.of("user", "admin"), Map.of());
            copies.add(node.copyOf(issued));
            tokens.add(issued.token());
        }
        headers = Headers.bearing(tokens);
        node.awaitLease(tokens.get(0));
        plant(copies, context.seal());
        if (way.equals("ours")) {
            makeSureOfHits(tokens);
        }
    }

    private void makeSureOfHits(List<SessionToken> tokens) {
        int before = node.storeReads();
        if (tokens.stream().anyMatch(token -> manager.find(token).isEmpty()) || node.storeReads() != before) {
            throw new IllegalStateException("each token is to be found in the shared cache");
        }
    }

    private void plant(List<SessionCopy> copies, CopySeal seal) throws Exception {
        for (SessionCopy copy : copies) {
            byte[] sealed = Objects.requireNonNull(seal.seal(copy));
            opened.plant(copy.digest(), way.equals("floor") ? codec.encode(copy) : sealed);
            aesGcm = new AesGcm(Node.APPLICATION, sealed);
        }
    }

    @TearDown
    public void close() throws Exception {
        node.close();
        ((AutoCloseable) cache).close();
        opened.close();
    }

    @Override
    @Nullable
    Object once() throws Exception {
        return switch (way) {
            case "floor" -> floor();
            case "sealed" -> sealedFloor();
            default -> HeaderLookup.find(manager, headers.next());
        };
    }

    /** The digest, the raw client's get of bytes without a seal, decoding. */
    private SessionCopy floor() throws Exception {
        TokenDigest digest = sha256.digest(headers.next());
        return Objects.requireNonNull(codec.decode(opened.get(digest), digest));
    }

    /** The digest, the raw client's get of the same bytes, one opening, decoding. */
    private SessionCopy sealedFloor() throws Exception {
        TokenDigest digest = sha256.digest(headers.next());
        byte[] clear = aesGcm.open(digest, opened.get(digest));
        return Objects.requireNonNull(codec.decode(clear, digest));
    }
}
