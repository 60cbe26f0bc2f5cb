package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a server would call Lockstep's initializer. */
class LibraryOrderingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<web-app><absolute-ordering/></web-app>",
                "<web-app><absolute-ordering />\n<servlet/></web-app>",
                "<web-app><absolute-ordering></absolute-ordering></web-app>",
                "<absolute-ordering>\n  <name>one</name>\n  <name>two</name>\n</absolute-ordering>",
                "<absolute-ordering><name>one</name><!-- <others/> --></absolute-ordering>",
                "<absolute-ordering><name>others</name></absolute-ordering>",
                "<j:absolute-ordering><j:name>one</j:name></j:absolute-ordering>"
            })
    void anOrderThatLeavesOutOthersLeavesOutLockstep(String webXml) {
        assertThat(LibraryOrdering.leavesOut(webXml)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<web-app/>",
                "<!-- <absolute-ordering/> -->",
                "<absolute-ordering><name>one</name><others/></absolute-ordering>",
                "<absolute-ordering>\n  <others/>\n  <name>one</name>\n</absolute-ordering>",
                "<j:absolute-ordering><j:name>one</j:name><j:others/></j:absolute-ordering>"
            })
    void anyOtherDoesNot(String webXml) {
        assertThat(LibraryOrdering.leavesOut(webXml)).isFalse();
    }

    @Test
    void itIsReadBesideTheLibraries(@TempDir Path war) throws Exception {
        Path folder = Files.createDirectories(war.resolve("WEB-INF"));
        String library = folder.resolve("lib/lockstep.jar").toUri().toString();
        assertThat(LibraryOrdering.problem(library)).isEmpty();
        Files.writeString(folder.resolve("web.xml"), "<web-app><absolute-ordering/></web-app>");
        assertThat(LibraryOrdering.problem(library))
                .hasValueSatisfying(problem -> assertThat(problem).startsWith("LOCKSTEP-0525 "));
        assertThat(LibraryOrdering.problem("file:/lib/lockstep.jar")).isEmpty();
    }
}
