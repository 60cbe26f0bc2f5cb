package author;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.spi.RevocationChannelProvider;
import dev.lockstep.spi.SessionCacheProvider;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** Lockstep finds them. */
class ProvidersTest {

    @Test
    void theCache() {
        assertTrue(ServiceLoader.load(SessionCacheProvider.class).stream()
                .anyMatch(each -> each.type().equals(MapCacheProvider.class)));
    }

    @Test
    void theChannel() {
        assertTrue(ServiceLoader.load(RevocationChannelProvider.class).stream()
                .anyMatch(each -> each.type().equals(BusProvider.class)));
    }
}
