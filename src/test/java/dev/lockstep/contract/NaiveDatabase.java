package dev.lockstep.contract;

import dev.lockstep.spi.SessionStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A naive store for each application. For one thread at a time; the stores are thread-safe. */
final class NaiveDatabase implements StoreScenario.Database {

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
