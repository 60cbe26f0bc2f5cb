package dev.lockstep.redaction;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes passwords out of what people will read. An address may hold one as a parameter
 * ({@code ?password=}, {@code ;PASSWORD=}) or before its host ({@code user:password@host}); drivers
 * and pools quote their address, libraries their properties, and a server that does not know a
 * command quotes what it was given, a password too.
 *
 * <p>Thread-safe. When in doubt it leaves out too much.
 */
public final class Redaction {

    /** Those that are known, and whatever else has something before an @. */
    private static final Pattern URL = Pattern.compile(
            "(?i)\\b(?:(?:jdbc:|rediss?(?:-[a-z]+)?:|hotrods?:)(?:\\S*@)?|[a-z][a-z0-9+.-]*://\\S*@)[^\\s\"']+");

    /**
     * Up to the quote that ends it, which is none that is doubled or has a backslash before it; if
     * none does, to the end.
     */
    private static final String QUOTED = "Q[^Q\\\\]*+(?:(?:QQ|\\\\.)[^Q\\\\]*+)*+Q?";

    private static final Pattern PARAMETER =
            Pattern.compile("(?is)((?:password|passphrase|passwd|pwd|secret|credential|auth_value)[\"']?\\s*[=:]\\s*)"
                    + "(?:" + QUOTED.replace('Q', '"') + "|" + QUOTED.replace('Q', '\'') + ")?[^\\s;&]*");

    /** What Redis says of a command that it does not know, or that was renamed. */
    private static final Pattern ARGUMENTS = Pattern.compile("(with args beginning with:).*", Pattern.DOTALL);

    private static final Pattern PARAMETERS = Pattern.compile("[?;]");

    private Redaction() {}

    /** The URL without its parameters and without what stands before the host. */
    public static String url(String url) {
        Matcher mark = PARAMETERS.matcher(url);
        int end = mark.find() ? mark.start() : url.length();
        String address = url.substring(0, end);
        boolean doubtful = url.indexOf('@', end) >= 0 && !address.contains("@");
        return (doubtful ? scheme(address) + "…" : withoutUser(address))
                + (end == url.length() ? "" : url.charAt(end) + "…");
    }

    private static String withoutUser(String address) {
        int at = address.lastIndexOf('@');
        return at < 0 ? address : scheme(address.substring(0, at)) + "…" + address.substring(at);
    }

    /** Up to the two slashes, or, where there are none, up to the last colon before a user. */
    private static String scheme(String address) {
        int slashes = address.indexOf("//");
        if (slashes >= 0) {
            return address.substring(0, slashes + 2);
        }
        Matcher scheme = Pattern.compile("^(?:[a-z0-9]+:){1,2}").matcher(address);
        return scheme.find() ? scheme.group() : "";
    }

    /** The text, in which every URL and every password parameter is redacted. */
    public static String text(String text) {
        String shown = URL.matcher(text).replaceAll(url -> Matcher.quoteReplacement(url(url.group())));
        shown = PARAMETER.matcher(shown).replaceAll("$1…");
        return ARGUMENTS.matcher(shown).replaceAll("$1 …");
    }

    /** {@link #text(String)}, where a URL is known: it is found even if it holds blanks. */
    public static String text(String text, String url) {
        return text(text.replace(url, url(url)));
    }

    /**
     * What a throwable says, redacted.
     *
     * @param url one that is known to occur, or empty
     */
    public static String message(Throwable failure, String url) {
        String message = String.valueOf(failure.getMessage());
        return url.isEmpty() ? text(message) : text(message, url);
    }

    /**
     * The throwable itself, if nothing has to be taken out of its message and those of its causes
     * and of what was suppressed; otherwise one that says the rest of it, with the same stack
     * traces.
     *
     * @param url one that is known to occur, or empty
     */
    public static Throwable cause(Throwable cause, String url) {
        return isClean(cause, url, seen()) ? cause : copy(cause, url, seen());
    }

    /**
     * For those that were looked at: what was suppressed may have as its cause what it was
     * suppressed for.
     */
    private static Set<Throwable> seen() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private static boolean isClean(@Nullable Throwable cause, String url, Set<Throwable> seen) {
        return cause == null
                || !seen.add(cause)
                || (message(cause, url).equals(String.valueOf(cause.getMessage()))
                        && isClean(cause.getCause(), url, seen)
                        && Stream.of(cause.getSuppressed()).allMatch(suppressed -> isClean(suppressed, url, seen)));
    }

    private static Exception copy(Throwable original, String url, Set<Throwable> seen) {
        seen.add(original);
        String text = original.getClass().getName() + ": " + message(original, url);
        Throwable cause = original.getCause();
        Exception copy = new Exception(text, cause == null || seen.contains(cause) ? null : copy(cause, url, seen));
        copy.setStackTrace(original.getStackTrace());
        for (Throwable suppressed : original.getSuppressed()) {
            if (!seen.contains(suppressed)) {
                copy.addSuppressed(copy(suppressed, url, seen));
            }
        }
        return copy;
    }
}
