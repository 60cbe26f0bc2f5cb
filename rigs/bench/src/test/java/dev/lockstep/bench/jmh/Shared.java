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
import dev.lockstep.web.HeaderLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        for (int i = 0; i < SESSIONS; i++) {
            IssuedToken issued = manager.open("user-" + i + "@example.com", Set.of("user", "admin"), Map.of());
            SessionCopy copy = node.copyOf(issued);
            opened.plant(copy.digest(), codec.encode(copy));
            tokens.add(issued.token());
        }
        headers = Headers.bearing(tokens);
        node.awaitLease(tokens.get(0));
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
        return way.equals("ours") ? HeaderLookup.find(manager, headers.next()) : floor();
    }

    /** The digest, the raw client's get of the same bytes, decoding. */
    private @Nullable SessionCopy floor() throws Exception {
        TokenDigest digest = sha256.digest(headers.next());
        return codec.decode(opened.get(digest), digest);
    }
}
