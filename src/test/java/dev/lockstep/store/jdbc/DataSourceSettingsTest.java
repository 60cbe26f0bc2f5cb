package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataSourceSettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:shop;PASSWORD=xyzzy",
                "jdbc:postgresql://db/shop?user=shop&password=xyzzy",
                "jdbc:postgresql://shop:xyzzy@db/shop"
            })
    void whatMessagesShowOfItHoldsNoPassword(String url) {
        DataSourceSettings settings =
                new DataSourceSettings("java:x", Optional.of(url), Optional.of("shop"), Optional.of("xyzzy"));

        assertThat(settings)
                .asString()
                .doesNotContain("xyzzy")
                .startsWith("jdbc:")
                .contains("shop");
    }
}
