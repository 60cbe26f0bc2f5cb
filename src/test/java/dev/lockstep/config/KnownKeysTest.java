package dev.lockstep.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cdi.DeploymentSettings;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Values;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A name that means nothing is noticed wherever it stands, and one that means something is never
 * complained of.
 */
class KnownKeysTest {

    private static final Setting<?> TRUST = Setting.optional("tls.trust", Values.text("a file"), "whom to trust")
            .formerly("tls-ca", "tls-trust-store");
    private static final Setting<?> KEY =
            Setting.optional("tls.key", Values.text("a file"), "our key").formerly("tls-key");

    @TempDir
    private Path application;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lockstep.web.protct",
                "%prod.lockstep.web.protct",
                "lockstep.web.protct[0]",
                "LOCKSTEP_WEB_PROTECT",
                "Lockstep.web.protect",
                "lockstep.session.absolute.timeout"
            })
    void aNameThatMeansNothingInTheApplicationsFileIsAProblemWhateverTheServerCallsTheFile(String name)
            throws Exception {
        write("microprofile-config.properties", name + "=/api/*");

        assertThat(problems(new PropertiesConfigSource(Map.of(name, "/api/*"), "Properties", 100)))
                .singleElement()
                .asString()
                .startsWith("LOCKSTEP-0002 " + name + " (from file:")
                .contains("did you mean lockstep.");
    }

    @Test
    void theFileOfAProfileIsTheApplicationsToo() throws Exception {
        write("microprofile-config-prod.properties", "lockstep.web.protct=/api/*");

        assertThat(problems(new PropertiesConfigSource(Map.of("mp.config.profile", "prod"), "Properties", 100)))
                .singleElement()
                .asString()
                .contains("lockstep.web.protct", "microprofile-config-prod");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"lockstep.web.protect", "%prod.lockstep.web.protect", "lockstep.web.protect[0]", "shop.title"})
    void aNameThatMeansSomethingIsNone(String name) throws Exception {
        write("microprofile-config.properties", name + "=/api/*");

        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lockstep.session.absolute-timeout",
                "lockstep_session_absolute_timeout",
                "LOCKSTEP_SESSION_ABSOLUTE_TIMEOUT",
                "LOCKSTEP_WEB_PROTECT_0_",
                "_PROD_LOCKSTEP_LEASE",
                "_MY_PROFILE_LOCKSTEP_STORE_URL"
            })
    void everyFormThatTheEnvironmentMayHaveIsKnown(String name) throws Exception {
        assertThat(warnings(new EnvConfigSource(Map.of(name, "1h"), 300))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"LOCKSTEP_SESSION_TIMEOUT", "lockstep.leese", "_PROD_LOCKSTEP_LEESE", "LOCKSTEP_WEB_PROTCT_0_"})
    void anUnknownOneIsWarnedOfOnce(String name) throws Exception {
        assertThat(warnings(new EnvConfigSource(Map.of(name, "1h"), 300)))
                .singleElement()
                .asString()
                .startsWith("LOCKSTEP-0002 " + name + " (from ");
    }

    @Test
    void theEnvironmentsFormMeansNothingElsewhere() throws Exception {
        assertThat(warnings(new PropertiesConfigSource(Map.of("LOCKSTEP_WEB_PROTECT", "/api/*"), "system", 400)))
                .singleElement()
                .asString()
                .contains("did you mean lockstep.web.protect?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lockstep.backend.tls-ca",
                "%prod.lockstep.backend.tls-ca",
                "lockstep.backend.tls-trust-store",
                "lockstep.lapse"
            })
    void aKeyOfAnEarlierVersionIsAProblemThatNamesTheNewOne(String name) throws Exception {
        write("microprofile-config.properties", name + "=x");

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("LOCKSTEP-0014 " + name + " (from file:")
                .containsAnyOf(" is called lockstep.backend.tls.trust now", " is called lockstep.leases now");
    }

    /**
     * Unlike one that is not known: it is ours, and a server's other applications have no use for
     * it.
     */
    @Test
    void aKeyOfAnEarlierVersionIsAProblemInEverySource() throws Exception {
        for (ConfigSource source : List.of(
                new EnvConfigSource(Map.of("LOCKSTEP_BACKEND_TLS_CA", "x"), 300),
                new EnvConfigSource(Map.of("_PROD_LOCKSTEP_BACKEND_TLS_CA", "x"), 300),
                new PropertiesConfigSource(Map.of("lockstep.backend.tls-ca", "x"), "system", 400))) {
            assertThat(problems(source))
                    .as(source.getPropertyNames().toString())
                    .singleElement()
                    .asString()
                    .startsWith("LOCKSTEP-0014 ")
                    .contains("lockstep.backend.tls-ca is called lockstep.backend.tls.trust now", "accepted: a file.");
        }
    }

    /** The environment tells no dot from a hyphen. */
    @Test
    void aFormThatTheNewKeyHasTooIsTheNewKeys() throws Exception {
        assertThat(warnings(new EnvConfigSource(Map.of("LOCKSTEP_BACKEND_TLS_KEY", "x"), 300)))
                .isEmpty();
        write("microprofile-config.properties", "lockstep.backend.tls-key=x");
        assertThat(problems()).singleElement().asString().contains("is called lockstep.backend.tls.key now");
    }

    private List<String> warnings(ConfigSource source) throws Exception {
        try (CapturedLog log = new CapturedLog(KnownKeys.class.getName())) {
            assertThat(problems(source)).isEmpty();
            return List.copyOf(log.messages());
        }
    }

    private List<String> problems(ConfigSource... sources) throws Exception {
        Config config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(sources)
                .build();
        Problems problems = new Problems();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {application.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            KnownKeys keys = new KnownKeys();
            keys.add(DeploymentSettings.SETTINGS);
            keys.add(List.of(
                    Setting.of("leases", Values.flag(), "true", "of this test").formerly("lapse")));
            keys.add("backend", List.of(TRUST, KEY));
            keys.check(config, problems);
        } finally {
            thread.setContextClassLoader(before);
        }
        return problems.messages();
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(
                Files.createDirectories(application.resolve("META-INF")).resolve(file), text);
    }
}
