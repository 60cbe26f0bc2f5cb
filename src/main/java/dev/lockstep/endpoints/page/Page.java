package dev.lockstep.endpoints.page;

import dev.lockstep.endpoints.routing.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A page's HTML, one for each language. Immutable. */
final class Page {

    private static final String TEMPLATE = new String(Asset.bytes("page.html"), StandardCharsets.UTF_8);

    private final Map<Language, byte[]> html;

    /**
     * @param view what it shows; the texts have its title
     * @param loaded scripts and style sheets beside those of all pages, in this order
     */
    Page(String view, List<String> loaded) {
        html = Language.ALL.stream().collect(Collectors.toMap(each -> each, each -> render(view, loaded, each)));
    }

    /** @param accepted the header {@code Accept-Language}, empty where there is none */
    HttpAnswer answer(String accepted) {
        Language language = Language.of(accepted);
        return HttpAnswer.of("text/html;charset=UTF-8", html.getOrDefault(language, new byte[0]))
                .with("Content-Language", language.tag())
                .with("Vary", "Accept-Language");
    }

    private static byte[] render(String view, List<String> loaded, Language language) {
        return TEMPLATE.replace("{view}", view)
                .replace("{styles}", tags(loaded, ".css", "<link rel=\"stylesheet\" href=\"%s\">"))
                .replace("{scripts}", tags(loaded, ".js", "<script src=\"%s\"></script>"))
                .replace("{language}", language.tag())
                .replace("{title}", language.text(view + "Title"))
                .replace("{loading}", language.text("loading"))
                .replace("{noScript}", language.text("noScript"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String tags(List<String> loaded, String kind, String tag) {
        return loaded.stream()
                .filter(name -> name.endsWith(kind))
                .map(tag::formatted)
                .collect(Collectors.joining("\n"));
    }
}
