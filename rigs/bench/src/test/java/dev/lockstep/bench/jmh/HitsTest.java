package dev.lockstep.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.Blackhole;

/** What is called a hit is one, and not the quick refusal of a token that opens nothing. */
class HitsTest {

    @Test
    void aNearHitFindsASession() {
        NearHit hit = new NearHit();
        hit.sessions = 10;
        hit.listener = "deployed";
        hit.open();
        assertThat(hit.once()).isNotNull();
        hit.close();
    }

    @Test
    void aHitOfTheFloorFindsASession() throws Exception {
        Floor floor = new Floor();
        floor.sessions = 10;
        floor.open(new Blackhole(
                "Today's password is swordfish. I understand instantiating Blackholes directly is dangerous."));
        assertThat(floor.once()).isNotNull();
    }

    @Test
    void aHitOfASharedCacheFindsASession() throws Exception {
        Shared hit = new Shared();
        hit.backend = "lmdb";
        hit.way = "ours";
        hit.open();
        assertThat(hit.once()).isNotNull();
        hit.close();
    }

    @Test
    void aReadOfTheStoreFindsASession() throws Exception {
        StoreRead read = new StoreRead();
        read.open();
        assertThat(read.once()).isNotNull();
        read.close();
    }
}
