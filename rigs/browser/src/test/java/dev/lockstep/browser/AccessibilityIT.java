package dev.lockstep.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody is kept out, however they look at the pages or use them. */
class AccessibilityIT extends BrowserTests {

    static Stream<Appearance> appearances() {
        return Appearance.all();
    }

    @ParameterizedTest
    @MethodSource("appearances")
    void onesSessionsAreForEverybody(Appearance appearance) {
        try (Visit visit = visit(appearance)) {
            Page page = visit.sessions();
            assertThat(page.getAttribute("html", "lang")).isEqualTo(appearance.language());
            assertFits(page, appearance);
            assertAccessible(page);
            page.click(".lockstep-danger");
            page.waitForSelector("dialog[open]");
            assertAccessible(page);
        }
    }

    @ParameterizedTest
    @MethodSource("appearances")
    void theConsoleIsForEverybody(Appearance appearance) {
        try (Visit visit = visit(appearance)) {
            Page page = visit.console();
            page.fill("#lockstep-principal", "root");
            page.press("#lockstep-principal", "Enter");
            page.waitForSelector(".lockstep-search ~ div .lockstep-table");
            assertFits(page, appearance);
            assertAccessible(page);
        }
    }

    @ParameterizedTest
    @MethodSource("appearances")
    void theDemosPageIsForEverybody(Appearance appearance) {
        try (Visit visit = visit(appearance)) {
            Page page = visit.demo();
            page.click("#play");
            page.waitForSelector("#b.refused");
            assertFits(page, appearance);
            assertAccessible(page);
        }
    }

    /** Without a mouse: the question takes the focus, Escape is no, and the focus comes back. */
    @Test
    void theKeyboardIsEnough() {
        try (Visit visit = visit(Appearance.USUAL)) {
            Page page = visit.sessions();
            page.keyboard().press("Tab");
            assertThat(focused(page)).startsWith("End");
            page.keyboard().press("Enter");
            page.waitForSelector("dialog[open]");
            assertThat(focused(page)).isEqualTo("Cancel");
            page.keyboard().press("Escape");
            assertThat(page.querySelector("dialog")).isNull();
            assertThat(focused(page)).startsWith("End");
            assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                    .isEqualTo("solid");
        }
    }

    private static String focused(Page page) {
        return (String) page.evaluate("document.activeElement.textContent");
    }

    private static void assertFits(Page page, Appearance appearance) {
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(appearance.width());
    }

    private static void assertAccessible(Page page) {
        assertThat(new AxeBuilder(page).analyze().getViolations())
                .extracting(rule -> rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes())
                .isEmpty();
    }
}
