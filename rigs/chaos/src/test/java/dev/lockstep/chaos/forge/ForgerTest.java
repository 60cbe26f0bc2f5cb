package dev.lockstep.chaos.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionToken;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.ContractSeals;
import dev.lockstep.session.Digests;
import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.CopySeal.Flaw;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeListener;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is forged reaches each of the seal's checks, and none lets it through. */
class ForgerTest {

    private static final String APPLICATION = "tested";
    private static final long VERSION = 77;
    private static final LogPosition PLACE = new LogPosition(5, 9);

    private final Map<Flaw, Integer> flaws = new EnumMap<>(Flaw.class);
    private final CopySeal seal = ContractSeals.of(
            APPLICATION,
            new NodeListener() {
                @Override
                public void copyFlawed(String cache, Flaw why) {
                    flaws.merge(why, 1, Integer::sum);
                }
            },
            VERSION);
    private final Forger forger = new Forger(APPLICATION);

    @Test
    void nothingThatIsForgedOpens() {
        for (int i = 0; i < 50; i++) {
            forger.saw(seal.seal(copy("p" + i)));
        }

        for (int i = 0; i < 2_000; i++) {
            TokenDigest digest = fresh();
            byte[] forged = forger.forged(digest, PLACE);
            assertThat(forged == null ? null : seal.open(digest, forged)).isNull();
        }
        assertThat(flaws.get(Flaw.UNSEALED)).isGreaterThan(200);
        assertThat(flaws.get(Flaw.UNKNOWN_KEY)).isGreaterThan(200);
        assertThat(flaws.get(Flaw.BROKEN)).isGreaterThan(500);
        assertThat(flaws).doesNotContainKey(Flaw.UNREADABLE);
    }

    @Test
    void aNodeThatChecksNoSealMeetsRoot() {
        forger.saw(seal.seal(copy("p")));
        boolean root = false;
        for (int i = 0; i < 1_000 && !root; i++) {
            TokenDigest digest = fresh();
            byte[] forged = forger.forged(digest, PLACE);
            Object opened = forged == null ? null : Unsealed.copy(new Object[] {digest, forged, 0});
            root = opened instanceof SessionCopy copy
                    && copy.session().principal().equals(Forger.PRINCIPAL);
        }
        assertThat(root).isTrue();
    }

    private static SessionCopy copy(String principal) {
        long now = System.currentTimeMillis();
        Session session = Session.ofMillis("id", principal, Set.of("user"), Map.of(), now, now, now + 60_000, 60_000);
        return new SessionCopy(fresh(), session, PLACE.epoch(), PLACE.position());
    }

    private static TokenDigest fresh() {
        return Digests.of(APPLICATION, SessionToken.of(InventedTokens.fresh()));
    }
}
