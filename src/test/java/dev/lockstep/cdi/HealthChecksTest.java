package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cache.jvm.LikeAWebApplication;
import jakarta.enterprise.inject.Instance;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import org.junit.jupiter.api.Test;

/** Which checks MicroProfile Health finds; what they answer is tried on servers. */
class HealthChecksTest {

    @Test
    void thereIsOneOfReadinessAndOneOfStartupAndNoneOfLiveness() {
        try (SeApplication application = SeApplication.start(Map.of())) {
            Instance<Object> beans = application.container();

            assertThat(beans.select(HealthCheck.class, Readiness.Literal.INSTANCE)
                            .isResolvable())
                    .isTrue();
            assertThat(beans.select(HealthCheck.class, Startup.Literal.INSTANCE).isResolvable())
                    .isTrue();
            assertThat(beans.select(HealthCheck.class, Liveness.Literal.INSTANCE)
                            .isUnsatisfied())
                    .isTrue();
        }
    }

    @Test
    void thereIsNoneWhereNoneIsWanted() {
        try (SeApplication application = SeApplication.start(Map.of("lockstep.health", "false"))) {
            assertThat(application
                            .container()
                            .select(HealthCheck.class, Readiness.Literal.INSTANCE)
                            .isUnsatisfied())
                    .isTrue();
        }
    }

    @Test
    void anApplicationRunsWhereThereIsNoMicroProfileHealth() throws Exception {
        try (LikeAWebApplication without = new LikeAWebApplication(jar -> jar.startsWith("microprofile-health-api-"))) {
            assertThat(without.run(LoginAndLogout.class)).isEqualTo("revoked; none of HealthCheck");
        }
    }
}
