package dev.lockstep.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreConfigTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:shop;PASSWORD=xyzzy",
                "jdbc:postgresql://db/shop?user=shop&password=xyzzy",
                "jdbc:postgresql://shop:xyzzy@db/shop"
            })
    void whatMessagesShowOfItHoldsNoPassword(String url) {
        StoreConfig config = new StoreConfig(
                "java:x", Optional.of(url), Optional.of("shop"), Optional.of("xyzzy"), "none", Duration.ZERO, 4, 1);

        assertThat(config)
                .asString()
                .doesNotContain("xyzzy")
                .startsWith("jdbc:")
                .contains("shop");
    }
}
