package dev.lockstep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cache.jvm.RemoteCache;
import dev.lockstep.contract.SessionCopies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines whose digits aren't 0 to 9, or whose small i is not a large I's. */
class LocaleTest {

    private static final Pattern BY_THE_LOCALE = Pattern.compile(
            "%[-#+ 0,(]*[0-9.]*[doxefg]\\b|to(Upper|Lower)Case\\(\\)|(Decimal|Number|Message)Format\\b|ofLocalized");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"ar EG -", "fa IR -", "th TH TH", "tr TR -"})
    void theSharedMemoryIsOpenedInEveryLocale(String locale) {
        assertServes(locale, "shared-memory", Map.of("path", folder.toString(), "max-size", "1m"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar EG -", "tr TR -"})
    void aDatabaseIsUsedInEveryLocale(String locale) {
        assertServes(locale, "database", Map.of("url", "jdbc:sqlite:" + folder.resolve("cache.db")));
    }

    /**
     * What is formatted for a machine has the digits 0 to 9; so does what people compare with the
     * documentation.
     */
    @Test
    void nothingIsFormattedByTheLocaleOfTheMachine() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")).flatMap(file -> lines(file).stream()))
                    .filteredOn(line -> BY_THE_LOCALE.matcher(line).find() && !line.contains("Locale.ROOT"))
                    .isEmpty();
        }
    }

    private static void assertServes(String locale, String cache, Map<String, String> settings) {
        String[] words = locale.replace("-", "").split(" ", -1);
        List<String> options =
                List.of("-Duser.language=" + words[0], "-Duser.country=" + words[1], "-Duser.variant=" + words[2]);
        try (RemoteCache remote = RemoteCache.start(options, cache, "/locale", settings)) {
            SessionCopy copy = SessionCopies.fresh();
            remote.put(copy, Duration.ofHours(1));
            assertThat(remote.get(copy.digest())).isEqualTo(copy);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
