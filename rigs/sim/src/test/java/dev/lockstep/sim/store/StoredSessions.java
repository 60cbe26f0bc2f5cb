package dev.lockstep.sim.store;

import dev.lockstep.Session;
import dev.lockstep.TokenDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of sessions, with an index by digest, by identifier and by principal. */
final class StoredSessions {

    private final Journal journal;
    private final Map<TokenDigest, Session> byDigest = new LinkedHashMap<>();
    private final Map<String, TokenDigest> byId = new LinkedHashMap<>();
    private final Map<String, Set<String>> ids = new LinkedHashMap<>();

    StoredSessions(Journal journal) {
        this.journal = journal;
    }

    @Nullable
    Session get(TokenDigest digest) {
        return byDigest.get(digest);
    }

    @Nullable
    TokenDigest digestOf(String id) {
        return byId.get(id);
    }

    List<String> idsOf(String principal) {
        return List.copyOf(ids.getOrDefault(principal, Set.of()));
    }

    List<String> allIds() {
        return List.copyOf(byId.keySet());
    }

    List<Map.Entry<TokenDigest, Session>> all() {
        return new ArrayList<>(byDigest.entrySet());
    }

    int size() {
        return byDigest.size();
    }

    void put(TokenDigest digest, Session session) {
        Session former = byDigest.get(digest);
        set(digest, session);
        journal.changed(() -> {
            if (former == null) {
                unset(digest);
            } else {
                set(digest, former);
            }
        });
    }

    @Nullable
    Session remove(TokenDigest digest) {
        Session former = unset(digest);
        if (former != null) {
            journal.changed(() -> set(digest, former));
        }
        return former;
    }

    private void set(TokenDigest digest, Session session) {
        byDigest.put(digest, session);
        byId.put(session.id(), digest);
        ids.computeIfAbsent(session.principal(), principal -> new LinkedHashSet<>())
                .add(session.id());
    }

    private @Nullable Session unset(TokenDigest digest) {
        Session former = byDigest.remove(digest);
        if (former != null) {
            byId.remove(former.id(), digest);
            Set<String> left = ids.get(former.principal());
            if (left != null && !byId.containsKey(former.id())) {
                left.remove(former.id());
            }
        }
        return former;
    }
}
