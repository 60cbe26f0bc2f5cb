package author;

import dev.lockstep.contract.NaiveStore;
import dev.lockstep.contract.StoreScenario.Database;
import dev.lockstep.spi.SessionStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The place of an author's own database; here, stores in memory. */
final class Stores implements Database {

    private final Map<String, NaiveStore> stores = new HashMap<>();

    @Override
    public SessionStore open(String application) {
        return stores.computeIfAbsent(application, name -> new NaiveStore());
    }

    @Override
    public void elapse(String application, Duration duration) {
        stores.get(application).advance(duration);
    }
}
