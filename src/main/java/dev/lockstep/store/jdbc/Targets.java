package dev.lockstep.store.jdbc;

import dev.lockstep.Revocation;
import dev.lockstep.RevocationTarget;
import dev.lockstep.RevocationTarget.OfId;
import dev.lockstep.RevocationTarget.OfPrincipal;
import dev.lockstep.RevocationTarget.OfToken;
import dev.lockstep.RevocationTarget.OthersOf;
import dev.lockstep.Revoked;
import dev.lockstep.TokenDigest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The targets of one batch, sorted into arrays for one statement, and what became of each. What no database can hold is
 * left out: it names nothing, and must not fail those that it shares a batch with. Immutable.
 */
final class Targets {

    private final List<RevocationTarget> targets;
    private final List<OthersOf> others;

    private Targets(List<RevocationTarget> targets) {
        this.targets = targets;
        this.others = all(OthersOf.class)
                .filter(of -> Text.keeps(of.principal()) && Text.keeps(of.keptSessionId()))
                .toList();
    }

    static Targets of(List<RevocationTarget> targets) {
        return new Targets(targets);
    }

    byte[][] digests() {
        return all(OfToken.class).map(of -> of.digest().toBytes()).toArray(byte[][]::new);
    }

    String[] ids() {
        return all(OfId.class).map(OfId::sessionId).filter(Text::keeps).toArray(String[]::new);
    }

    String[] principals() {
        return principalsOf().toArray(String[]::new);
    }

    /** The principals of which one session each is {@linkplain #kept kept}, in the same order. */
    String[] othersOf() {
        return others.stream().map(OthersOf::principal).toArray(String[]::new);
    }

    String[] kept() {
        return others.stream().map(OthersOf::keptSessionId).toArray(String[]::new);
    }

    String[] allPrincipals() {
        return Stream.concat(principalsOf(), others.stream().map(OthersOf::principal))
                .toArray(String[]::new);
    }

    /**
     * What became of each target, in their order.
     *
     * @param logged all that the log holds of the sessions that they mean
     */
    List<Revoked> outcomes(long epoch, List<Revocation> logged) {
        Map<String, List<Revocation>> byId = logged.stream().collect(Collectors.groupingBy(Revocation::sessionId));
        Map<String, List<Revocation>> byPrincipal =
                logged.stream().collect(Collectors.groupingBy(Revocation::principal));
        Map<TokenDigest, String> ids = logged.stream()
                .collect(Collectors.toMap(Revocation::digest, Revocation::sessionId, (first, again) -> first));
        Function<RevocationTarget, List<Revocation>> meant = target -> {
            if (target instanceof OfToken of) {
                String id = ids.get(of.digest());
                return id == null ? List.of() : byId.getOrDefault(id, List.of());
            }
            if (target instanceof OfId of) {
                return byId.getOrDefault(of.sessionId(), List.of());
            }
            if (target instanceof OfPrincipal of) {
                return byPrincipal.getOrDefault(of.principal(), List.of());
            }
            OthersOf of = (OthersOf) target;
            return byPrincipal.getOrDefault(of.principal(), List.of()).stream()
                    .filter(revocation -> !revocation.sessionId().equals(of.keptSessionId()))
                    .toList();
        };
        return targets.stream()
                .map(target -> Outcomes.of(epoch, meant.apply(target)))
                .toList();
    }

    private Stream<String> principalsOf() {
        return all(OfPrincipal.class).map(OfPrincipal::principal).filter(Text::keeps);
    }

    private <T extends RevocationTarget> Stream<T> all(Class<T> kind) {
        return targets.stream().filter(kind::isInstance).map(kind::cast);
    }
}
