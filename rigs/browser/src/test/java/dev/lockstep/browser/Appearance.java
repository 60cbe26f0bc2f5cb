package dev.lockstep.browser;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
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

    /** Each width in both themes, and each theme in both languages. */
    static Stream<Appearance> all() {
        return Stream.of(
                new Appearance(320, true, "de"),
                new Appearance(320, false, "en"),
                new Appearance(768, true, "en"),
                new Appearance(768, false, "de"),
                new Appearance(1280, true, "de"),
                new Appearance(1280, false, "en"));
    }

    NewContextOptions options() {
        return new NewContextOptions()
                .setViewportSize(width, 760)
                .setLocale(language)
                .setTimezoneId("Europe/Berlin")
                .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT);
    }
}
