package dev.lockstep.cache.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cache.jvm.LikeAWebApplication;
import dev.lockstep.contract.MapSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseCacheProviderTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:sqlite:",
                "jdbc:sqlite::memory:",
                "jdbc:sqlite:file:/x",
                "jdbc:sqlite::resource:x",
                "jdbc:h2:mem:x"
            })
    void aUrlWithoutAPlaceThatAllProcessesSeeIsRefused(String url) {
        assertThat(problems(Map.of("url", url))).singleElement().asString().contains("jdbc:sqlite:/folder/file");
    }

    @Test
    void aUrlOrADataSourceIsNeeded() {
        assertThat(problems(Map.of())).hasSize(1);
        assertThat(problems(Map.of("url", "jdbc:sqlite:/x", "datasource", "java:/x")))
                .singleElement()
                .asString()
                .contains("remove one of them");
        assertThat(problems(Map.of("url", "jdbc:sqlite:/x"))).isEmpty();
        assertThat(problems(Map.of("url", "jdbc:postgresql://localhost/x"))).isEmpty();
        assertThat(problems(Map.of("datasource", "java:/x"))).isEmpty();
    }

    @Test
    void noProblemShowsAPassword() {
        Map<String, String> settings = Map.of("url", "jdbc:mysql://h/d?password=geheim", "password", "geheim");
        assertThat(problems(settings)).asString().contains("jdbc:mysql://h/d?…").doesNotContain("geheim");
    }

    @Test
    void withoutItsDriverItSaysWhatToAddAndOthersGoOn() throws Exception {
        Map<String, String> sqlite = Map.of("url", "jdbc:sqlite:" + folder.resolve("cache.db"));
        Map<String, String> postgres = Map.of("url", "jdbc:postgresql://localhost/x");
        try (var application = new LikeAWebApplication(jar -> jar.matches("(sqlite-jdbc|postgresql)-.*"))) {
            assertThat(application.problems("database", sqlite))
                    .singleElement()
                    .asString()
                    .contains("add org.xerial:sqlite-jdbc:3.54.1.0");
            assertThat(application.problems("database", postgres))
                    .singleElement()
                    .asString()
                    .contains("add org.postgresql:postgresql:42.7.14");
            assertThat(application.roundTrip("memory", Map.of())).isTrue();
        }
        try (var application = new LikeAWebApplication(jar -> jar.startsWith("postgresql-"))) {
            assertThat(application.problems("database", sqlite)).isEmpty();
            assertThat(application.roundTrip("database", sqlite)).isTrue();
        }
        try (var application = new LikeAWebApplication(jar -> jar.startsWith("protostream"))) {
            assertThat(application.problems("database", sqlite))
                    .containsExactly("org.infinispan.protostream:protostream:5.0.13.Final");
        }
    }

    private static List<String> problems(Map<String, String> values) {
        MapSettings settings = new MapSettings(values);
        new DatabaseCacheProvider().configure(settings);
        return settings.problems();
    }
}
