package dev.lockstep.bench.jmh;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.bench.Databases;
import dev.lockstep.bench.Node;
import dev.lockstep.cache.guard.GuardedCache;
import dev.lockstep.cache.memory.MemoryCacheProvider;
import dev.lockstep.cdi.DeployedListeners;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.web.HeaderLookup;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * From a new header to the refusal of a token that no node has issued, and to its reason. A cache
 * on this machine is looked into before.
 */
public class Forged extends Call {

    private static final int NUMBER = 1_000;
    private static final String NONE = "none";

    @Param(NONE)
    String backend;

    private @Nullable Comparison opened;
    private @Nullable SessionCache shared;
    private Node node;
    private SessionManager manager;
    private Headers headers;

    @Setup
    public void open() throws Exception {
        ContractContext context = Node.context(100_000);
        if (!backend.equals(NONE)) {
            opened = Comparison.open(backend);
            shared = GuardedCache.around(opened.cache(context), backend, context);
        }
        node = Node.ofOldKey(
                Databases.h2(), MemoryCacheProvider.open(context), shared, DeployedListeners.named("deployed"));
        manager = node.sessions();
        Random random = new Random(3);
        List<SessionToken> tokens = new ArrayList<>();
        for (int i = 0; i < NUMBER; i++) {
            byte[] bytes = new byte[32];
            random.nextBytes(bytes);
            tokens.add(SessionToken.of(
                    Node.TOKEN_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
        }
        int before = node.storeReads();
        if (tokens.stream().anyMatch(token -> manager.find(token).isPresent() || !node.isForged(token))
                || node.storeReads() != before) {
            throw new IllegalStateException("the tag alone must refuse them");
        }
        headers = Headers.bearing(tokens);
    }

    @TearDown
    public void close() throws Exception {
        node.close();
        if (shared instanceof AutoCloseable cache) {
            cache.close();
        }
        if (opened != null) {
            opened.close();
        }
    }

    @Override
    @Nullable
    Object once() {
        return HeaderLookup.find(manager, headers.next());
    }
}
