package dev.lockstep.it.identity;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import org.htmlunit.BrowserVersion;
import org.htmlunit.StringWebResponse;
import org.htmlunit.WebClient;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.http.Cookie;
import org.htmlunit.util.WebConnectionWrapper;

/** Somebody who opens a page of an application, in a browser without a screen, reads and clicks. */
final class PageVisitor implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final WebClient client = new WebClient(BrowserVersion.CHROME);
    private final String base;
    private HtmlPage page;

    /** @param base where the application is, with a slash at the end */
    PageVisitor(String base, String language) {
        this.base = base;
        client.getOptions().setFetchPolyfillEnabled(true);
        client.addRequestHeader("Accept-Language", language);
        client.addRequestHeader("Sec-Fetch-Site", "same-origin");
    }

    /** As one that was kept before; this browser keeps none that is secure by HTTP. */
    PageVisitor withCookie(String name, String token) {
        client.getCookieManager().addCookie(new Cookie("127.0.0.1", name, token, "/", null, false));
        return this;
    }

    PageVisitor open(String path) {
        try {
            page = client.getPage(base + path);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A page that is not deployed. */
    PageVisitor open(String path, String html) {
        client.setWebConnection(new WebConnectionWrapper(client.getWebConnection()) {
            @Override
            public WebResponse getResponse(WebRequest request) throws IOException {
                return request.getUrl().toString().equals(base + path)
                        ? new StringWebResponse(html, request.getUrl())
                        : super.getResponse(request);
            }
        });
        return open(path);
    }

    /** Waits until the page says something. */
    PageVisitor sees(String text) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> page.asNormalizedText(), seen -> seen.contains(text));
        return this;
    }

    PageVisitor types(String inputId, String text) {
        ((HtmlInput) page.getHtmlElementById(inputId)).setValue(text);
        return this;
    }

    /** The first button by that name. */
    PageVisitor clicks(String button) {
        return click("//button[normalize-space()='" + button + "' or @aria-label='" + button + "']");
    }

    /** The button of the question that is asked. */
    PageVisitor confirms(String button) {
        return click("//dialog//button[normalize-space()='" + button + "']");
    }

    int count(String element) {
        return page.getByXPath("//" + element).size();
    }

    String text() {
        return page.asNormalizedText();
    }

    String language() {
        return page.getDocumentElement().getAttribute("lang");
    }

    /** What came of a script that the page has been given by somebody else. */
    Object evaluates(String script) {
        return page.executeJavaScript(script).getJavaScriptResult();
    }

    /** Names of attributes that run something. */
    boolean hasAny(Set<String> attributes) {
        return page.getHtmlElementDescendants() != null
                && attributes.stream()
                        .anyMatch(name -> !page.getByXPath("//*[@" + name + "]").isEmpty());
    }

    private PageVisitor click(String xpath) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> button(xpath) != null);
        try {
            button(xpath).click();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HtmlElement button(String xpath) {
        return page.<HtmlButton>getFirstByXPath(xpath);
    }

    @Override
    public void close() {
        client.close();
    }
}
