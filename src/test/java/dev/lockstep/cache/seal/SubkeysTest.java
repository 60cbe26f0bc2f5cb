package dev.lockstep.cache.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cache.seal.SealedBytes.Origin;
import dev.lockstep.contract.ContractSeals;
import dev.lockstep.key.DerivedKey;
import dev.lockstep.key.KeyPurpose;
import org.junit.jupiter.api.Test;

class SubkeysTest {

    private static final DerivedKey FIRST = key(1);

    private final Subkeys subkeys = new Subkeys();

    @Test
    void eachSaltAndEachVersionHasItsOwn() {
        byte[] one = subkeys.derive(FIRST, new Origin(1, 2, 3)).getEncoded();

        assertThat(one)
                .hasSize(32)
                .isEqualTo(subkeys.derive(FIRST, new Origin(1, 2, 3)).getEncoded());
        assertThat(one)
                .isNotEqualTo(subkeys.derive(FIRST, new Origin(1, 3, 2)).getEncoded())
                .isNotEqualTo(subkeys.derive(key(2), new Origin(2, 2, 3)).getEncoded());
    }

    @Test
    void whatHasOnlyBeenTriedIsNotKept() {
        for (int salt = 0; salt < 10_000; salt++) {
            var unused = subkeys.derive(FIRST, new Origin(1, salt, salt));
        }
        assertThat(subkeys.size()).isZero();
    }

    @Test
    void noMoreAreKeptThanTheBound() {
        for (int salt = 0; salt < 3 * Subkeys.MOST; salt++) {
            Origin origin = new Origin(1, salt, salt);
            subkeys.keep(origin, subkeys.derive(FIRST, origin));
            assertThat(subkeys.known(origin)).isNotNull();
            assertThat(subkeys.size()).isLessThanOrEqualTo(Subkeys.MOST);
        }
    }

    private static DerivedKey key(long version) {
        return ContractSeals.key("/shop", version).all(KeyPurpose.COPY).get(0);
    }
}
