package dev.lockstep;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What the build needs of its tests in order to count them. */
class TestConventionsTest {

    private static final JavaClasses TESTS =
            new ClassFileImporter().withImportOption(new OnlyIncludeTests()).importPackages("dev.lockstep");
    private static final Pattern DISABLED = Pattern.compile("@(?:[\\w.]+\\.)?Disabled\\b");

    /** In source, as the classes of the rigs are not here. */
    @Test
    void noTestIsDisabled() throws IOException {
        for (String root : List.of("src/test", "rigs")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                List<Path> sources = files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.toString().contains("/target/"))
                        .toList();
                assertThat(sources)
                        .isNotEmpty()
                        .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(DISABLED));
            }
        }
    }

    /** The second engine's report of a class replaces the first's, and with it the count. */
    @Test
    void noClassIsRunByTwoEngines() {
        assertThat(TESTS.stream().filter(type -> isForJupiter(type) && isForJqwik(type)))
                .isEmpty();
    }

    private static boolean isForJupiter(JavaClass type) {
        return methods(Stream.of(type))
                .flatMap(method -> method.getAnnotations().stream())
                .map(annotation -> annotation.getRawType().getName())
                .anyMatch(name -> name.startsWith("org.junit.jupiter.") && name.matches(".*Test(Factory)?"));
    }

    private static boolean isForJqwik(JavaClass type) {
        return methods(Stream.of(type)).anyMatch(TestConventionsTest::isForJqwik);
    }

    private static boolean isForJqwik(JavaMethod method) {
        return method.isAnnotatedWith(Property.class) || method.isAnnotatedWith(Example.class);
    }

    private static Stream<JavaMethod> methods(Stream<JavaClass> types) {
        return types.flatMap(type -> type.getMethods().stream());
    }
}
