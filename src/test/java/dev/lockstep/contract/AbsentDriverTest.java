package dev.lockstep.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.SessionCache;
import dev.lockstep.spi.RevocationChannelProvider;
import dev.lockstep.spi.SessionCacheProvider;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Optional;
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
                                provider.inProcess() || provider.driver().isPresent())
                        .as(provider.name())
                        .isTrue());
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
            Optional<?> driver = (Optional<?>) call(loaded, "driver");
            if (driver.isPresent()) {
                String name = (String) call(driver.get(), "className");
                assertThatThrownBy(() -> alone.loadClass(name)).isInstanceOf(ClassNotFoundException.class);
                assertThat(Class.forName(name)).isNotNull();
                assertThat((String) call(driver.get(), "coordinates")).matches("[^:]+:[^:]+:[^:]+");
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
