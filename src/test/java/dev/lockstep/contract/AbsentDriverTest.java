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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a class path of Lockstep alone every provider can be found and asked what it is and what it
 * lacks.
 */
class AbsentDriverTest {

    private static final String SQLITE = "org.sqlite.JDBC";

    /** A class of each library that an application may do without. */
    private static final Set<String> OPTIONAL = optional();

    @TempDir
    private Path folder;

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

    /**
     * With each of its libraries absent alone, a cache names just that one: it needs all of them,
     * and knows it.
     */
    @TestFactory
    Stream<DynamicTest> aCacheNamesEachLibraryThatIsAbsent() {
        return ServiceLoader.load(SessionCacheProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .flatMap(provider -> provider.drivers().stream()
                        .map(driver -> DynamicTest.dynamicTest(
                                provider.name() + " without " + driver.coordinates(),
                                () -> leaveOut(driver, provider.name()))));
    }

    /** With all other libraries absent at once, it works: what it names is all that it needs. */
    @TestFactory
    Stream<DynamicTest> aCacheWorksWithTheLibrariesThatItNamesAlone() {
        return caches().map(cache -> DynamicTest.dynamicTest(
                cache.name(), () -> leaveOutOthers(cache.name(), settings().getOrDefault(cache.name(), Map.of()))));
    }

    /** Its settings are those of that cache, and so are the libraries, but for those of copies. */
    @Test
    void aChannelNamesNoOtherLibrariesThanTheCacheOfItsName() {
        assertThat(ServiceLoader.load(RevocationChannelProvider.class))
                .isNotEmpty()
                .allSatisfy(channel -> assertThat(channel.drivers())
                        .isNotEmpty()
                        .isSubsetOf(provider(channel.name()).drivers()));
    }

    /** What some need to begin; those with a server begin without it. */
    private Map<String, Map<String, String>> settings() {
        return Map.of(
                "redis", Map.of("uri", "redis://127.0.0.1:1"),
                "hotrod", Map.of("uri", "hotrod://127.0.0.1:1"),
                "infinispan", Map.of("stack", "local"),
                "database", Map.of("url", "jdbc:sqlite:" + folder.resolve("cache.db")),
                "shared-memory", Map.of("path", folder.resolve("memory").toString()));
    }

    private static Set<String> optional() {
        Set<String> classes = new TreeSet<>(Set.of(
                SQLITE,
                "org.postgresql.Driver",
                "org.h2.Driver",
                "com.zaxxer.hikari.HikariDataSource",
                "io.micrometer.core.instrument.MeterRegistry",
                "io.opentelemetry.api.OpenTelemetry",
                "org.eclipse.microprofile.metrics.MetricRegistry"));
        caches().flatMap(cache -> cache.drivers().stream())
                .map(Driver::className)
                .forEach(classes::add);
        return classes;
    }

    /** All but the one of the fault test. */
    private static Stream<SessionCacheProvider> caches() {
        return ServiceLoader.load(SessionCacheProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(cache -> !cache.name().equals("chaos"));
    }

    private static void leaveOutOthers(String cache, Map<String, String> settings) throws Exception {
        Set<String> absent = new TreeSet<>(OPTIONAL);
        provider(cache).drivers().stream().map(Driver::className).forEach(absent::remove);
        if (settings.containsKey("url")) {
            absent.remove(SQLITE); // named where the URL is known
        }
        Set<String> jars = new TreeSet<>();
        for (String className : absent) {
            jars.add(jarOf(className));
        }
        try (LikeAWebApplication application = new LikeAWebApplication(jars::contains)) {
            assertThat(application.problems(cache, settings)).isEmpty();
            assertThat(application.works(cache, settings)).isTrue();
        }
    }

    private static SessionCacheProvider provider(String cache) {
        return ServiceLoader.load(SessionCacheProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(cache))
                .findFirst()
                .orElseThrow();
    }

    private static void leaveOut(Driver driver, String cache) throws Exception {
        String jar = jarOf(driver);
        try (LikeAWebApplication application = new LikeAWebApplication(jar::equals)) {
            assertThat(application.problems(cache, Map.of())).containsExactly(driver.coordinates());
        }
    }

    /** Its name is that of the coordinates: who adds what the message says gets this class. */
    private static String jarOf(Driver driver) throws ClassNotFoundException {
        String jar = jarOf(driver.className());
        String[] coordinates = driver.coordinates().split(":");
        assertThat(jar).isEqualTo(coordinates[1] + "-" + coordinates[2] + ".jar");
        return jar;
    }

    private static String jarOf(String className) throws ClassNotFoundException {
        String path = Class.forName(className)
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return path.substring(path.lastIndexOf('/') + 1);
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
