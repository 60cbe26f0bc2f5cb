package dev.lockstep.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.lockstep.spi.Setting;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is written about settings is what is declared.
 * {@code ./mvnw -f . test -Dtest=SettingsReferenceTest -Dsettings.write} writes it again.
 */
class SettingsReferenceTest {

    private static final Path EDITOR_KEYS = Path.of("src/main/java/dev/lockstep/config/EditorKeys.java");
    private static final boolean WRITE = System.getProperty("settings.write") != null;
    private static final Map<String, Setting<?>> SETTINGS = DeclaredSettings.byKey();

    static Stream<Path> pages() {
        return Block.pages().stream().filter(page -> Block.read(page).contains("<!-- settings: "));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageHasTheTablesOfWhatIsDeclared(Path page) throws IOException {
        assertIs(page, new SettingsTables(SETTINGS).page(page));
    }

    @Test
    void everySettingIsInATable() {
        assertThat(new SettingsTables(SETTINGS).withoutTable()).isEmpty();
    }

    @Test
    void editorsAreToldWhatIsDeclared() throws IOException {
        assertIs(EDITOR_KEYS, EditorKeysSource.source(SETTINGS));
    }

    /** A constant that is in no list would be read, but in no table, and taken for unknown. */
    @Test
    void everySettingThatIsDeclaredIsListed() {
        assertThat(constants()).isNotEmpty().allMatch(SETTINGS.values()::contains);
    }

    private static void assertIs(Path file, String expected) throws IOException {
        if (WRITE) {
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file)).isEqualTo(expected);
    }

    private static Stream<Setting<?>> constants() {
        return new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests()).importPackages("dev.lockstep").stream()
                        .map(JavaClass::reflect)
                        .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                        .filter(field -> field.getType() == Setting.class && Modifier.isStatic(field.getModifiers()))
                        .map(SettingsReferenceTest::value);
    }

    private static Setting<?> value(Field field) {
        try {
            field.setAccessible(true);
            return (Setting<?>) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
