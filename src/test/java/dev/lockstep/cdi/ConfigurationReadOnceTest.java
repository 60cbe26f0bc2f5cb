package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionManager;
import dev.lockstep.config.KnownKeys;
import io.smallrye.config.SmallRyeConfig;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

/**
 * A source may change while it is read: two parts of a deployment would see two values of one key.
 */
class ConfigurationReadOnceTest {

    private final Map<String, Integer> readings = new ConcurrentHashMap<>();

    /** This cache and the channel that goes with it have the same settings. */
    @Test
    void everyKeyIsReadOncePerDeployment() {
        try (SeApplication application = SeApplication.start(
                this::counting, Map.of("lockstep.cache", "infinispan", "lockstep.infinispan.stack", "local"))) {
            assertThat(application.get(SessionManager.class).list("alice")).isEmpty();
            assertThat(application.deployment().webConfig().protect()).isEmpty();
        }
        assertThat(readings)
                .containsKeys("lockstep.infinispan.stack", "lockstep.infinispan.tls.key")
                .containsKeys(DeploymentSettings.SETTINGS.stream()
                        .map(setting -> KnownKeys.PREFIX + setting.name())
                        .toArray(String[]::new))
                .allSatisfy((key, times) -> assertThat(times).as(key).isEqualTo(1));
    }

    private Config counting(SmallRyeConfig config) {
        return (Config) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                SmallRyeConfig.class.getInterfaces(),
                (proxy, method, arguments) -> counted(config, method, arguments));
    }

    private Object counted(Config config, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("getConfigValue") && arguments[0].toString().startsWith(KnownKeys.PREFIX)) {
            readings.merge(arguments[0].toString(), 1, Integer::sum);
        }
        try {
            return method.invoke(config, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
