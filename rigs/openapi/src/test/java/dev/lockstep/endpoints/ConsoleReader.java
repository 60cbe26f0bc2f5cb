package dev.lockstep.endpoints;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.htmlunit.BrowserVersion;
import org.htmlunit.WebClient;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.http.Cookie;

/** An administrator in front of the console, in a browser without a screen. */
final class ConsoleReader implements AutoCloseable {

    /** As in the configuration; this browser keeps none that is secure by HTTP. */
    static final String COOKIE = "__Host-session";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final WebClient client = new WebClient(BrowserVersion.CHROME);
    private final HtmlPage page;

    /** Opens the console and waits until it tells. */
    ConsoleReader(EndpointsSite site, String language) throws IOException {
        client.getOptions().setFetchPolyfillEnabled(true);
        client.addRequestHeader("Accept-Language", language);
        client.getCookieManager()
                .addCookie(new Cookie("127.0.0.1", COOKIE, site.open("root", "admin"), "/", null, false));
        page = client.getPage("http://127.0.0.1:" + site.port() + "/shop/lockstep/pages/console");
        sees(".lockstep-tiles", "shop");
    }

    /** Waits until a part of the page says something. */
    ConsoleReader sees(String part, String text) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> text(part), seen -> seen.contains(text));
        return this;
    }

    /** Waits until a part of the page is not shown. */
    ConsoleReader seesNo(String part) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> !((DomNode) page.querySelector(part)).isDisplayed());
        return this;
    }

    /** Writes into the field with this identifier. */
    ConsoleReader types(String id, String text) {
        ((HtmlInput) page.getElementById(id)).setValue(text);
        return this;
    }

    ConsoleReader clicks(String part) throws IOException {
        ((DomElement) page.querySelector(part)).click();
        return this;
    }

    /** An attribute of a part of the page. */
    String attribute(String part, String name) {
        return ((DomElement) page.querySelector(part)).getAttribute(name);
    }

    /** What a part of the page says now. */
    String text(String part) {
        return page.querySelector(part).asNormalizedText();
    }

    /** What a function of the page's own gives, called by a script. */
    String calls(String script) {
        return page.executeJavaScript(script).getJavaScriptResult().toString();
    }

    @Override
    public void close() {
        client.close();
    }
}
