package dev.lockstep.cache.jvm;

import dev.lockstep.contract.MapSettings;
import dev.lockstep.spi.Driver;
import dev.lockstep.spi.SessionCacheProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Configures a cache as a deployment does, to be loaded by a class loader of its own. */
public final class Configuring implements Callable<List<String>> {

    private final String name;
    private final Map<String, String> settings;

    public Configuring(String name, Map<String, String> settings) {
        this.name = name;
        this.settings = settings;
    }

    /** The coordinates of the libraries that are missing, or what is wrong with the settings. */
    @Override
    public List<String> call() {
        SessionCacheProvider provider = CacheNode.provider(name);
        List<String> missing = provider.drivers().stream()
                .filter(driver -> !isVisible(driver))
                .map(Driver::coordinates)
                .toList();
        if (!missing.isEmpty()) {
            return missing;
        }
        MapSettings read = new MapSettings(settings);
        provider.configure(read);
        return read.problems();
    }

    private boolean isVisible(Driver driver) {
        try {
            Class.forName(driver.className(), false, getClass().getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
