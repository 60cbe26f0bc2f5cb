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

    private static final String LOG_IN = """
            () => fetch('/api/login', {
              method: 'POST', body: '{"username":"bob","password":"bob"}', credentials: 'omit',
              headers: { 'Content-Type': 'application/json' }
            }).then(answer => answer.json()).then(answer => answer.token)
            """;
    private static final String LOG_OUT = """
            token => {
              fetch('/api/logout', { method: 'POST', credentials: 'omit', headers: { Authorization: 'Bearer ' + token } });
            }
            """;

    private static final String WAITING = """
            () => /Eine Abmeldung wartet auf.*Höchstens noch/s.test(document.querySelector('.lockstep-verdict').textContent)
              && /wird abgewartet/.test(document.querySelector('tbody').textContent)
            """;
    private static final String BOTH_BACK = """
            () => document.querySelector('[role=timer]').hidden
              && /^(?:(?!wird abgewartet|ausgeschlossen).)*$/s.test(document.querySelector('tbody').textContent)
              && document.querySelectorAll('tbody')[0].rows.length === 2
            """;

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

    /** The other server stands still for a moment, and a logout has to wait for it. */
    @Test
    void theConsoleIsForEverybodyWhileALogoutWaits() throws Exception {
        Appearance small = new Appearance(320, true, "de");
        try (Visit visit = visit(small)) {
            Page console = visit.console();
            Page start = visit.demo();
            Object token = start.evaluate(LOG_IN);
            try (AutoCloseable paused = demo.pauseB()) {
                start.evaluate(LOG_OUT, token);
                console.waitForFunction(WAITING);
                assertFits(console, small);
                assertAccessible(console);
            }
            console.waitForFunction(BOTH_BACK);
            assertFits(console, small);
            assertAccessible(console);
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
