package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.MapSettings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
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

    @Test
    void withoutAUrlTheNameIsShown() {
        assertThat(new DataSourceSettings("java:x", Optional.empty(), Optional.empty(), Optional.empty()))
                .hasToString("java:x");
    }

    @Test
    void whatIsSetIsRead() {
        MapSettings settings = new MapSettings(
                Map.of("store.url", "jdbc:h2:mem:shop", "store.user", "shop", "store.password", "xyzzy"));

        assertThat(DataSourceSettings.read(settings))
                .isEqualTo(new DataSourceSettings(
                        "java:comp/DefaultDataSource",
                        Optional.of("jdbc:h2:mem:shop"),
                        Optional.of("shop"),
                        Optional.of("xyzzy")));
        assertThat(settings.problems()).isEmpty();

        MapSettings named = new MapSettings(Map.of("store.datasource", "jdbc/shop"));
        assertThat(DataSourceSettings.read(named).name()).isEqualTo("jdbc/shop");
        assertThat(named.problems()).isEmpty();
    }

    @Test
    void aUrlBesideADataSourceIsAProblemThatIsToldWithoutItsPassword() {
        MapSettings settings = new MapSettings(
                Map.of("store.url", "jdbc:h2:mem:shop;PASSWORD=xyzzy", "store.datasource", "jdbc/shop"));

        DataSourceSettings.read(settings);

        assertThat(settings.problems())
                .singleElement()
                .asString()
                .startsWith("store.url=jdbc:h2:mem:shop;")
                .contains("lockstep.store.datasource")
                .doesNotContain("xyzzy");
    }
}
