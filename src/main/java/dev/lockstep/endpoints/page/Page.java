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
     * @param scripts what it loads beside the scripts of all pages
     */
    Page(String view, List<String> scripts) {
        html = Language.ALL.stream().collect(Collectors.toMap(each -> each, each -> render(view, scripts, each)));
    }

    /** @param accepted the header {@code Accept-Language}, empty where there is none */
    HttpAnswer answer(String accepted) {
        Language language = Language.of(accepted);
        return HttpAnswer.of("text/html;charset=UTF-8", html.getOrDefault(language, new byte[0]))
                .with("Content-Language", language.tag())
                .with("Vary", "Accept-Language");
    }

    private static byte[] render(String view, List<String> scripts, Language language) {
        String tags = scripts.stream()
                .map(name -> "<script src=\"" + name + "\"></script>")
                .collect(Collectors.joining("\n"));
        return TEMPLATE.replace("{view}", view)
                .replace("{scripts}", tags)
                .replace("{language}", language.tag())
                .replace("{title}", language.text(view + "Title"))
                .replace("{loading}", language.text("loading"))
                .replace("{noScript}", language.text("noScript"))
                .getBytes(StandardCharsets.UTF_8);
    }
}
