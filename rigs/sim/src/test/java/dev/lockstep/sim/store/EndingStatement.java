package dev.lockstep.sim.store;

import dev.lockstep.Session;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.Revoked;
import dev.lockstep.store.jdbc.dialect.LogEntry;
import dev.lockstep.store.jdbc.dialect.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The end of what some targets mean, in two statements: the transaction that ends sessions, and the
 * reading behind it of what the log says. What became of each target is told by the product's own
 * {@link Targets}.
 */
final class EndingStatement {

    private final StoredTables tables;
    private final Targets targets;
    private final int share;
    private final LogPosition before;
    private final Map<TokenDigest, String> tokens = new HashMap<>();
    private final Set<String> doomed = new LinkedHashSet<>();
    private final Set<String> full = new LinkedHashSet<>();
    private final List<Revocation> written = new ArrayList<>();

    /** @param mostEnded how many sessions one transaction ends of each principal */
    EndingStatement(StoredTables tables, List<RevocationTarget> asked, int mostEnded) {
        this.tables = tables;
        this.targets = Targets.of(asked);
        this.share = Math.min(targets.share(), mostEnded);
        this.before = tables.head();
    }

    /** The transaction. */
    EndingStatement commit() {
        for (byte[] bytes : targets.digests()) {
            TokenDigest digest = TokenDigest.of(bytes);
            String id = sessionOf(digest);
            if (id != null) {
                tokens.put(digest, id);
                doomed.add(id);
            }
        }
        doomed.addAll(Arrays.asList(targets.ids()));
        doomInBulk();
        Set<String> principals = end();
        principals.retainAll(asked());
        principals.forEach(principal -> written.add(tables.append(LogEntry.goneOf(principal))));
        return this;
    }

    private @Nullable String sessionOf(TokenDigest digest) {
        Session session = tables.sessions.get(digest);
        return session == null ? tables.log.sessionOf(digest) : session.id();
    }

    private void doomInBulk() {
        for (String principal : targets.principals()) {
            doom(principal, tables.sessions.idsOf(principal));
        }
        String[] kept = targets.kept();
        for (int i = 0; i < kept.length; i++) {
            String principal = targets.others()[i];
            List<String> ids = new ArrayList<>(tables.sessions.idsOf(principal));
            ids.remove(kept[i]);
            doom(principal, ids);
        }
        if (targets.everybody()) {
            doom(Targets.EVERYBODY, tables.sessions.allIds());
        }
    }

    private void doom(String name, List<String> ids) {
        doomed.addAll(ids.subList(0, Math.min(share, ids.size())));
        if (ids.size() >= share) {
            full.add(name);
        }
    }

    private Set<String> asked() {
        Set<String> asked = new LinkedHashSet<>(Arrays.asList(targets.principals()));
        asked.addAll(Arrays.asList(targets.others()));
        return asked;
    }

    /** Whose sessions were ended. */
    private Set<String> end() {
        Set<String> principals = new LinkedHashSet<>();
        for (String id : doomed) {
            TokenDigest digest = tables.sessions.digestOf(id);
            Session ended = digest == null ? null : tables.sessions.remove(digest);
            if (digest != null && ended != null) {
                principals.add(ended.principal());
                written.add(tables.append(new LogEntry(digest, id, ended.principal(), Cause.REVOKED)));
            }
        }
        return principals;
    }

    /** The reading behind the commit. */
    List<Revoked> outcomes() {
        Set<String> named = new LinkedHashSet<>(tokens.values());
        named.addAll(Arrays.asList(targets.ids()));
        List<Revocation> logged = named.stream()
                .flatMap(id -> tables.log.ofSession(id, Targets.MAX_LOGGED + 1).stream())
                .toList();
        return targets.outcomes(before, tokens, written, logged, full);
    }
}
