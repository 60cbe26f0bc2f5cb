package dev.lockstep.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Takes the pictures that the documentation shows. */
class PicturesIT extends BrowserTests {

    private static final long LARGEST = 150_000;
    private static final boolean WRITE = !"false".equals(System.getProperty("pictures.write"));

    private static final String BUSY = """
            () => {
              const post = (path, body, headers) => fetch(path, { method: 'POST', body, headers, credentials: 'omit' });
              const pause = most => new Promise(done => setTimeout(done, Math.random() * most));
              (async () => {
                for (;;) {
                  const user = '{"username":"bob","password":"bob"}';
                  const login = await post('/api/login', user, { 'Content-Type': 'application/json' });
                  await post('/api/logout', undefined, { Authorization: 'Bearer ' + (await login.json()).token });
                  await pause(300);
                }
              })();
            }
            """;

    private static Path folder;

    @BeforeAll
    static void prepare() throws IOException {
        folder = WRITE
                ? Path.of(RunningDemo.property("browser.docs"), "images")
                : Path.of(RunningDemo.property("browser.target"), "pictures");
        Files.createDirectories(folder);
    }

    @Test
    void theDemo() throws IOException {
        try (Visit visit = visit(Appearance.USUAL)) {
            Page page = visit.demo();
            page.click("#play");
            page.waitForSelector("#b.refused");
            page.waitForSelector("#play:enabled");
            take("demo", page);
        }
    }

    @Test
    void onesSessions() throws IOException {
        for (Appearance appearance : new Appearance[] {
            Appearance.USUAL, new Appearance(320, true, "de"),
        }) {
            try (Visit visit = visit(appearance)) {
                visit.sessions().close();
                Page page = visit.sessions();
                take("sessions-" + appearance.width(), page);
            }
        }
    }

    /** With something to show: one after the other logs in and out. */
    @Test
    void theConsole() throws IOException {
        try (Visit visit = visit(new Appearance(1000, true, "en"))) {
            Page console = visit.console();
            visit.open(demo.a() + "/").evaluate(BUSY);
            console.waitForFunction(
                    "bars => document.querySelectorAll('.lockstep-bar').length >= bars",
                    WRITE ? 35 : 2,
                    new Page.WaitForFunctionOptions().setTimeout(120_000));
            take("console", console);
        }
    }

    private static void take(String name, Page page) throws IOException {
        page.setViewportSize(page.viewportSize().width, 200);
        page.mouse().move(0, 0);
        page.evaluate("document.activeElement.blur()");
        Path file = folder.resolve(name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
        assertThat(Files.size(file)).as(name).isBetween(5_000L, LARGEST);
    }
}
