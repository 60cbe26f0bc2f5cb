package dev.lockstep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links in the documentation lead to files and sections that there are, and so do alerts. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)#:\\s]+)(#[^)]*)?\\)");
    private static final Pattern SECTION = Pattern.compile("]\\(([^)#:\\s]*\\.md)?#([^)\\s]+)\\)");
    private static final Pattern RUNBOOK = Pattern.compile("runbook_url: https://lockstep.dev/([^#\\s]+)(?:#(\\S+))?");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                if (!Files.exists(page.resolveSibling(link.group(1)))) {
                    broken.add(page + " -> " + link.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyLinkToASectionLeadsToItsHeading() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = SECTION.matcher(Files.readString(page));
            while (link.find()) {
                Path to = link.group(1) == null ? page : page.resolveSibling(link.group(1));
                if (!sections(to).contains(link.group(2))) {
                    broken.add(page + " -> " + to + "#" + link.group(2));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyAlertLeadsToASectionThatTellsWhatToDo() throws IOException {
        Matcher runbook = RUNBOOK.matcher(Files.readString(Path.of("docs/monitoring/lockstep-rules.yml")));
        List<String> broken = new ArrayList<>();
        while (runbook.find()) {
            Path page = Path.of(runbook.group(1));
            if (!Files.exists(page)
                    || runbook.group(2) != null && !sections(page).contains(runbook.group(2))) {
                broken.add(runbook.group());
            }
        }
        assertThat(broken).isEmpty();
    }

    /** The anchors that GitHub gives the headings of a page. */
    private static List<String> sections(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(heading -> heading.group(1)
                        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String root : List.of("docs", "rigs")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.filter(file -> file.toString().endsWith(".md"))
                        .filter(file -> !file.toString().contains("/target/"))
                        .forEach(pages::add);
            }
        }
        try (Stream<Path> files = Files.list(Path.of(""))) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        return pages;
    }
}
