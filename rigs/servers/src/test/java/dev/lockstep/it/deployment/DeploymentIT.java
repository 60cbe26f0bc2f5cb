package dev.lockstep.it.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.SessionManager;
import dev.lockstep.config.PrefixedSettings;
import dev.lockstep.config.Problems;
import dev.lockstep.it.Deployments;
import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Values;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a server's MicroProfile Config, events and order of starting are, as Lockstep builds on
 * them.
 */
@ExtendWith(ArquillianExtension.class)
class DeploymentIT {

    private static final Map<String, String> CONFIG = Map.of(
            "shop.undefined", "${nothing}/*",
            "shop.partly", "/a/*,${nothing}",
            "shop.inside", "/a${nothing}/*",
            "shop.empty", "",
            "shop.base", "/b",
            "shop.defined", "${shop.base}/*,${nothing:/c}/*");

    @Deployment
    static WebArchive application() {
        return Deployments.withTestLibraries(Deployments.war("deployment", CONFIG, Starting.class, StartingEjb.class));
    }

    @Inject
    SessionManager sessions;

    @Test
    void whatCannotBeExpandedIsAProblem() {
        for (String name : new String[] {"undefined", "partly", "inside"}) {
            Problems problems = new Problems();
            settings(problems).text(setting(name));

            assertThat(problems.messages())
                    .as(name)
                    .singleElement()
                    .asString()
                    .startsWith("LOCKSTEP-0007 shop." + name + " (from ")
                    .contains(CONFIG.get("shop." + name), "not defined: nothing");
        }
    }

    @Test
    void aListThatCannotBeExpandedIsAProblemAndNoShorterList() {
        for (String name : new String[] {"undefined", "partly", "inside"}) {
            Problems problems = new Problems();
            settings(problems).list(setting(name));

            assertThat(problems.messages())
                    .as(name)
                    .singleElement()
                    .asString()
                    .startsWith("LOCKSTEP-0007 shop." + name + " (from ");
        }
    }

    @Test
    void whatIsEmptyIsAProblem() {
        Problems problems = new Problems();
        settings(problems).text(setting("empty"));

        assertThat(problems.messages()).singleElement().asString().startsWith("LOCKSTEP-0006 shop.empty (from ");
    }

    @Test
    void whatIsDefinedIsExpandedAndWhatIsAbsentIsNone() {
        Problems problems = new Problems();

        assertThat(settings(problems).text(setting("defined"))).contains("/b/*,/c/*");
        assertThat(settings(problems).list(setting("defined"))).containsExactly("/b/*", "/c/*");
        assertThat(settings(problems).text(setting("absent"))).isEmpty();
        assertThat(problems.messages()).isEmpty();
    }

    @Test
    void beansCanOpenSessionsFromTheStartupEventOn() {
        assertThat(Starting.FAILURES).isEmpty();
        assertThat(sessions.list("at start")).hasSize(1);
    }

    /** Servers start EJBs before the application scope begins. */
    @Test
    void anEjbThatStartsEarlierIsToldWhatToObserve() {
        assertThat(StartingEjb.OUTCOMES)
                .singleElement()
                .asString()
                .startsWith("LOCKSTEP-0507 Lockstep is not running now")
                .contains("jakarta.enterprise.event.Startup");
    }

    @Test
    void asynchronousObserversAreTold() {
        sessions.open("observed", Set.of());

        await().untilAsserted(() -> assertThat(Starting.OPENED).contains("observed"));
    }

    private static Setting<?> setting(String name) {
        return Setting.optional(name, Values.text("a text"), "of this test");
    }

    private static PrefixedSettings settings(Problems problems) {
        return new PrefixedSettings(ConfigProvider.getConfig(), "shop.", problems);
    }
}
