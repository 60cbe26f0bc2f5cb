package dev.lockstep.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.CapturedLog;
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

/** A name that means nothing is noticed wherever it stands, and one that means something is never complained of. */
class KnownKeysTest {

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
            new KnownKeys().check(config, problems);
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
