package dev.lockstep.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** The pages keep to their Content Security Policy, and the browser holds everybody else to it. */
class PolicyIT extends BrowserTests {

    /** Whoever gets text of theirs into a page as markup, by a mistake of ours, gets no further. */
    private static final String ATTACK = """
            () => new Promise(done => {
              const seen = [];
              const dare = action => { try { action(); } catch (error) { seen.push(error.name); } };
              document.addEventListener('securitypolicyviolation', event => seen.push(event.effectiveDirective));
              dare(() => {
                const script = document.createElement('script');
                script.textContent = 'window.hurt = 1';
                document.body.append(script);
              });
              dare(() => {
                const script = document.createElement('script');
                script.append(document.createTextNode('window.hurt = 2'));
                document.body.append(script);
              });
              dare(() => document.body.setAttribute('onclick', 'window.hurt = 3'));
              dare(() => document.body.insertAdjacentHTML('beforeend', '<b>x</b>'));
              dare(() => document.body.setAttribute('style', 'color: red'));
              dare(() => {
                const form = document.createElement('form');
                form.action = '/x';
                document.body.append(form);
                form.submit();
              });
              document.body.click();
              fetch('http://localhost:1/').catch(() => setTimeout(() => done(seen.concat(typeof window.hurt)), 300));
            })
            """;

    @Test
    void thePagesKeepToIt() {
        try (Visit visit = visit(Appearance.USUAL)) {
            Page sessions = visit.sessions();
            sessions.click(".lockstep-danger");
            sessions.waitForSelector("dialog[open]");
            sessions.keyboard().press("Escape");
            Page console = visit.console();
            console.press("#lockstep-principal", "Enter");
            console.waitForSelector(".lockstep-search ~ div .lockstep-table");
            console.waitForSelector(".lockstep-chart .lockstep-axis");
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void nothingForeignRuns() {
        try (Visit visit = visit(Appearance.USUAL)) {
            Object seen = visit.sessions().evaluate(ATTACK);
            assertThat(seen)
                    .asString()
                    .contains("TypeError", "require-trusted-types-for", "style-src-attr", "connect-src", "form-action")
                    .endsWith("undefined]");
        }
    }

    /** Where a click could be stolen. */
    @Test
    void nobodyFramesThem() throws Exception {
        try (Visit visit = visit(Appearance.USUAL);
                ForeignSite foreign = new ForeignSite()) {
            String target = demo.a() + "/lockstep/pages/sessions";
            for (String host : new String[] {"localhost", "127.0.0.1"}) {
                Page page = visit.open(foreign.page(host, "<iframe src='" + target + "'></iframe>"));
                page.waitForTimeout(500);
                assertThat(page.frames()).allMatch(frame -> !frame.url().startsWith(demo.a()));
            }
        }
    }
}
