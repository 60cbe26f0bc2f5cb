package dev.lockstep.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.docs.Block;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the how-to prints for who stays with the filter. */
@ExtendWith(ArquillianExtension.class)
class RulesInsteadPayaraIT {

    private static final GuardedApplication APPLICATION = new GuardedApplication("rules");
    private static final Block IGNORED = Block.printed("docs/howto/container-security.md", "xml", 3);

    @Deployment(testable = false)
    static WebArchive application() {
        return APPLICATION.warWithRules().addAsWebInfResource(new StringAsset(IGNORED.text()), "payara-web.xml");
    }

    @Test
    void rulesLetInWhomTheAnnotationsName() {
        assertThat(APPLICATION.as(APPLICATION.root(), "api/admin").body()).isEqualTo("admin");
        assertThat(APPLICATION.as(APPLICATION.alice(), "api/admin").statusCode())
                .isEqualTo(403);
    }

    /** So each of them needs its rule. */
    @Test
    void noAnnotationOfAResourceIsLookedAt() {
        assertThat(APPLICATION.as(APPLICATION.alice(), "api/ops/resource").body())
                .isEqualTo("ops");
    }
}
