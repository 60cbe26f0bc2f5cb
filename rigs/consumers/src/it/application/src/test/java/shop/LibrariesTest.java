package shop;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lockstep.spi.Driver;
import dev.lockstep.spi.RevocationChannelProvider;
import dev.lockstep.spi.SessionCacheProvider;
import io.netty.util.Version;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the application added without a version is there, fits together, and is what Lockstep's own
 * tests have.
 */
class LibrariesTest {

    @Test
    void everyCacheAndChannelFindsWhatItNeeds() {
        List<Driver> drivers = Stream.concat(
                        ServiceLoader.load(SessionCacheProvider.class).stream()
                                .flatMap(each -> each.get().drivers().stream()),
                        ServiceLoader.load(RevocationChannelProvider.class).stream()
                                .flatMap(each -> each.get().drivers().stream()))
                .toList();
        assertFalse(drivers.isEmpty());
        assertAll(drivers.stream().map(driver -> () -> assertEquals(jarNamedBy(driver), jarOf(driver))));
    }

    /** {@code artifactId-version.jar}. */
    private static String jarNamedBy(Driver driver) {
        String[] coordinates = driver.coordinates().split(":");
        return coordinates[1] + "-" + coordinates[2] + ".jar";
    }

    private static String jarOf(Driver driver) throws ClassNotFoundException {
        String path = Class.forName(driver.className())
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Test
    void nettyIsOfOneVersion() {
        Set<String> versions = Version.identify().values().stream()
                .map(Version::artifactVersion)
                .collect(Collectors.toSet());
        assertEquals(1, versions.size(), versions.toString());
    }
}
