package dev.lockstep.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.NaiveCache;
import org.junit.jupiter.api.Test;

class SharedConnectionTest {

    @Test
    void aChannelGetsTheConnectionOfACacheThatSharesOneOfItsType() {
        Client client = new Client();
        SharedConnection shared = SharedConnection.of(new ConnectedCache(client));

        assertThat(shared.as(Client.class)).containsSame(client);
        assertThat(shared.as(String.class)).isEmpty();
    }

    @Test
    void aCacheThatSharesNothingIsNotHandedOut() {
        NaiveCache cache = new NaiveCache();

        assertThat(SharedConnection.of(cache).as(NaiveCache.class)).isEmpty();
        assertThat(SharedConnection.NONE.as(Object.class)).isEmpty();
    }

    private static final class Client {}

    private static final class ConnectedCache extends NaiveCache implements SharedConnection.Source {

        private final Client client;

        ConnectedCache(Client client) {
            this.client = client;
        }

        @Override
        public Object connection() {
            return client;
        }
    }
}
