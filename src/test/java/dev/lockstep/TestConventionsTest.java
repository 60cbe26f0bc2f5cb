package dev.lockstep;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** What the build needs of its tests in order to count them. */
class TestConventionsTest {

    private static final JavaClasses TESTS =
            new ClassFileImporter().withImportOption(new OnlyIncludeTests()).importPackages("dev.lockstep");

    @Test
    void noTestIsDisabled() {
        assertThat(TESTS.stream().filter(type -> type.isAnnotatedWith(Disabled.class)))
                .isEmpty();
        assertThat(methods(TESTS.stream()).filter(method -> method.isAnnotatedWith(Disabled.class)))
                .isEmpty();
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
