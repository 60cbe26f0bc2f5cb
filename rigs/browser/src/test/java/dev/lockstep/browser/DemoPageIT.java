package dev.lockstep.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** The demo's page, as a person meets it. */
class DemoPageIT extends BrowserTests {

    @Test
    void oneButtonPlaysALogoutOnTwoServers() {
        try (Visit visit = visit(Appearance.USUAL)) {
            Page page = visit.demo();
            page.click("#play");
            page.waitForSelector("#b.refused");
            assertThat(page.textContent("#result"))
                    .matches(
                            "Alice logged out on A in [0-9.]+ ms\\. B refused her [0-9.]+ ms later, the first time she asked\\.");
            assertThat(page.locator("#a .requests li").allTextContents())
                    .satisfiesExactly(
                            login -> assertThat(login).startsWith("POST /api/login200"),
                            logout -> assertThat(logout).startsWith("POST /api/logout204"));
            assertThat(page.locator("#b .requests li").allTextContents())
                    .satisfiesExactly(
                            use -> assertThat(use).startsWith("GET /api/me200"),
                            refused -> assertThat(refused).startsWith("GET /api/me401"));
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void eachStepHasItsOwnButtonInItsTurn() {
        try (Visit visit = visit(Appearance.USUAL)) {
            Page page = visit.demo();
            for (String step : new String[] {"login", "use", "logout", "again"}) {
                page.waitForSelector("#" + step + ".next:enabled");
                assertThat(page.locator(".controls li button:enabled").count()).isEqualTo(1);
                page.click("#" + step);
            }
            page.waitForSelector("#b.refused");
            page.waitForSelector("#login.next:enabled");
        }
    }

    @Test
    void itsButtonsLeadToThePages() {
        try (Visit visit = visit(Appearance.USUAL)) {
            assertThat(visit.sessions().textContent(".lockstep-lead")).contains("alice");
            Page console = visit.console();
            assertThat(console.locator(".lockstep-table tbody tr").count()).isEqualTo(2);
            console.waitForSelector("progress");
            assertThat(console.textContent(".lockstep-verdict")).contains("Logouts are quick");
        }
    }
}
