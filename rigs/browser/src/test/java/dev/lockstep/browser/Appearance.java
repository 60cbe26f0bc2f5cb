package dev.lockstep.browser;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.stream.Stream;

/**
 * How somebody looks at a page.
 *
 * @param width of the window, in pixels
 * @param dark whether the system's theme is
 * @param language that the browser prefers
 */
record Appearance(int width, boolean dark, String language) {

    static final Appearance USUAL = new Appearance(1000, false, "en");

    /** Each width in both themes and both languages. */
    static Stream<Appearance> all() {
        return Stream.of(320, 768, 1280)
                .flatMap(width -> Stream.of(true, false)
                        .flatMap(dark ->
                                List.of("en", "de").stream().map(language -> new Appearance(width, dark, language))));
    }

    NewContextOptions options() {
        return new NewContextOptions()
                .setViewportSize(width, 760)
                .setLocale(language)
                .setTimezoneId("Europe/Berlin")
                .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT);
    }
}
