package dev.lockstep.cdi;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the application's {@code web.xml} says of the order of its libraries. Servers ignore the
 * initializers of those that it leaves out (Servlet 6.0, section 8.2.4), and so Lockstep's, which
 * registers the filter.
 */
final class LibraryOrdering {

    private static final String FOLDER = "WEB-INF/";
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern ORDERING = Pattern.compile(
            "<(?:\\w+:)?absolute-ordering\\s*(?:/>|>(.*?)</(?:\\w+:)?absolute-ordering)", Pattern.DOTALL);

    private static final Pattern OTHERS = Pattern.compile("<(?:\\w+:)?others\\b");

    private LibraryOrdering() {}

    /**
     * What is wrong with it, if anything. Nothing is known of a {@code web.xml} that is not beside
     * the folder of the libraries.
     *
     * @param library where Lockstep's jar is
     */
    static Optional<String> problem(String library) {
        int folder = library.lastIndexOf(FOLDER);
        return folder >= 0 && leavesOut(read(library.substring(0, folder) + FOLDER + "web.xml"))
                ? Optional.of(
                        "LOCKSTEP-0525 The application's web.xml has <absolute-ordering> without <others/>, so that"
                                + " the server ignores Lockstep's initializer, and no path would be protected. Add <others/> to"
                                + " it, or remove it.")
                : Optional.empty();
    }

    /** Lockstep's jar has no name by which it could be listed. */
    static boolean leavesOut(String webXml) {
        Matcher ordering = ORDERING.matcher(COMMENT.matcher(webXml).replaceAll(""));
        return ordering.find()
                && (ordering.group(1) == null
                        || !OTHERS.matcher(ordering.group(1)).find());
    }

    /** Empty where there is none. */
    private static String read(String url) {
        try {
            URLConnection connection = new URL(url).openConnection();
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            return "";
        }
    }
}
