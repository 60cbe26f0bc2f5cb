package dev.lockstep.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A browser with nothing in it yet, and what it reports of the pages that it opens. */
final class Visit implements AutoCloseable {

    private final RunningDemo demo;
    private final BrowserContext context;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    Visit(RunningDemo demo, Chromium chromium, Appearance appearance) {
        this.demo = demo;
        this.context = chromium.browser().newContext(appearance.options());
        context.onPage(page -> {
            page.onPageError(complaints::add);
            page.onConsoleMessage(message -> {
                if (message.text().contains("Content Security Policy")
                        || message.text().contains("Trusted")) {
                    complaints.add(message.text());
                }
            });
        });
    }

    /** The demo's page. */
    Page demo() {
        return open(demo.a() + "/");
    }

    /** Alice's sessions, after she has logged in by the button of the demo's page. */
    Page sessions() {
        return follow("Alice’s sessions", ".lockstep-table tbody tr");
    }

    /** The console of root. */
    Page console() {
        return follow("The console, as root", ".lockstep-table tbody tr");
    }

    Page open(String address) {
        Page page = context.newPage();
        page.navigate(address);
        return page;
    }

    /** What the browser has complained of: errors of scripts, violations of a policy. */
    List<String> complaints() {
        return complaints;
    }

    private Page follow(String button, String sign) {
        Page start = demo();
        Page opened = context.waitForPage(() -> start.click("text=" + button));
        opened.waitForSelector(sign);
        start.close();
        return opened;
    }

    /** Leaves no session behind of whoever has logged in. */
    @Override
    public void close() {
        demo().evaluate("fetch('/api/logout-all', { method: 'POST' }).then(answer => answer.status)");
        context.close();
    }
}
