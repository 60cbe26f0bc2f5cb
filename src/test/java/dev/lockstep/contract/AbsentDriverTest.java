package dev.lockstep.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.SessionCache;
import dev.lockstep.cache.jvm.LikeAWebApplication;
import dev.lockstep.spi.Driver;
import dev.lockstep.spi.RevocationChannelProvider;
import dev.lockstep.spi.SessionCacheProvider;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** On a class path of Lockstep alone every provider can be found and asked what it is and what it lacks. */
class AbsentDriverTest {

    @TestFactory
    Stream<DynamicTest> aCacheWithoutItsDriverHurtsNobody() {
        return test(SessionCacheProvider.class);
    }

    @TestFactory
    Stream<DynamicTest> aChannelWithoutItsDriverHurtsNobody() {
        return test(RevocationChannelProvider.class);
    }

    @Test
    void everyBackendOutsideOfTheJvmNamesItsDriver() {
        assertThat(ServiceLoader.load(SessionCacheProvider.class))
                .allSatisfy(provider -> assertThat(
                                provider.inProcess() || !provider.drivers().isEmpty())
                        .as(provider.name())
                        .isTrue());
    }

    /** With each of its libraries absent alone, a cache names just that one: it needs all of them, and knows it. */
    @TestFactory
    Stream<DynamicTest> aCacheNamesEachLibraryThatIsAbsent() {
        return ServiceLoader.load(SessionCacheProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .flatMap(provider -> provider.drivers().stream()
                        .map(driver -> DynamicTest.dynamicTest(
                                provider.name() + " without " + driver.coordinates(),
                                () -> leaveOut(driver, provider.name()))));
    }

    private static void leaveOut(Driver driver, String cache) throws Exception {
        String jar = jarOf(driver);
        try (LikeAWebApplication application = new LikeAWebApplication(jar::equals)) {
            assertThat(application.problems(cache, Map.of())).containsExactly(driver.coordinates());
        }
    }

    /** Its name is that of the coordinates: who adds what the message says gets this class. */
    private static String jarOf(Driver driver) throws ClassNotFoundException {
        String path = Class.forName(driver.className())
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        String jar = path.substring(path.lastIndexOf('/') + 1);
        String[] coordinates = driver.coordinates().split(":");
        assertThat(jar).isEqualTo(coordinates[1] + "-" + coordinates[2] + ".jar");
        return jar;
    }

    private static Stream<DynamicTest> test(Class<?> service) {
        return ServiceLoader.load(service).stream()
                .map(provider -> DynamicTest.dynamicTest(
                        provider.type().getName(), () -> check(provider.type().getName())));
    }

    private static void check(String provider) throws Exception {
        try (URLClassLoader alone = lockstepAlone()) {
            Object loaded = alone.loadClass(provider).getDeclaredConstructor().newInstance();
            assertThat(call(loaded, "name")).isNotNull();
            assertThat(call(loaded, "settings")).isNotNull();
            for (Object driver : (List<?>) call(loaded, "drivers")) {
                String name = (String) call(driver, "className");
                assertThatThrownBy(() -> alone.loadClass(name)).isInstanceOf(ClassNotFoundException.class);
                assertThat(Class.forName(name)).isNotNull();
                assertThat((String) call(driver, "coordinates")).matches("[^:]+:[^:]+:[^:]+");
            }
        }
    }

    private static URLClassLoader lockstepAlone() {
        URL classes = SessionCache.class.getProtectionDomain().getCodeSource().getLocation();
        return new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
    }

    private static Object call(Object target, String method) throws Exception {
        return target.getClass().getMethod(method).invoke(target);
    }
}
