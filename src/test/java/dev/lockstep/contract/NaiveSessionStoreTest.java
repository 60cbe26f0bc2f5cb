package dev.lockstep.contract;

import dev.lockstep.SessionStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The oracle keeps the contract too. */
class NaiveSessionStoreTest extends SessionStoreContract {

    private final Map<String, NaiveStore> databases = new HashMap<>();

    @Override
    protected SessionStore open(String application) {
        return databases.computeIfAbsent(application, name -> new NaiveStore());
    }

    @Override
    protected void elapse(String application, Duration duration) {
        databases.get(application).advance(duration);
    }
}
