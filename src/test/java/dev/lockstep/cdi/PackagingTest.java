package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An EAR is known on every server, and nothing else is taken for one. */
class PackagingTest {

    @ParameterizedTest
    @CsvSource({
        "vfs:/content/shop.ear/web.war/WEB-INF/lib/lockstep.jar/, shop, web, true",
        "vfs:/content/shop.ear/shop.war/WEB-INF/lib/lockstep.jar/, shop, shop, true",
        "vfs:/content/shop.ear/lib/lockstep.jar/, shop, web, true",
        "vfs:/content/shop.war/WEB-INF/lib/lockstep.jar/, shop, shop, false",
        "vfs:/content/shop.war/WEB-INF/lib/lockstep.jar/, shop, renamed, false",
        "file:/p/applications/shop/web_war/WEB-INF/lib/lockstep.jar, shop, web, true",
        "file:/p/applications/shop/lib/lockstep.jar, shop, web, true",
        "file:/p/applications/shop/WEB-INF/lib/lockstep.jar, shop, renamed, false",
        "file:/p/applications/web_war/WEB-INF/lib/lockstep.jar, web_war, web_war, false",
        "wsjar:file:/apps/shop.ear!/web.war!/WEB-INF/lib/lockstep.jar, shop, web, true",
        "file:/home/me/.m2/lockstep.jar, shop, shop, false",
    })
    void anEarIsKnownByWhereItsPartsAre(String location, String application, String module, boolean ear) {
        assertThat(Packaging.isInEar(location, Optional.of(application), Optional.of(module)))
                .isEqualTo(ear);
    }

    @Test
    void outsideOfAServerThereIsNone() {
        assertThat(Packaging.isInEar("file:/target/classes/", Optional.empty(), Optional.empty()))
                .isFalse();
        assertThat(Packaging.problem()).isEmpty();
    }
}
