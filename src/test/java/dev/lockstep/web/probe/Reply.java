package dev.lockstep.web.probe;

import java.util.List;
import java.util.Locale;

/**
 * An HTTP answer.
 *
 * @param status 0 if the server closed the connection without one
 * @param headers lines as they came
 * @param body after the headers, without chunk sizes
 */
public record Reply(int status, List<String> headers, String body) {

    static Reply of(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return new Reply(0, List.of(), "");
        }
        List<String> lines = List.of(text.substring(0, end).split("\r\n"));
        Reply reply = new Reply(Integer.parseInt(lines.get(0).split(" ")[1]), lines.subList(1, lines.size()), "");
        String body = text.substring(end + 4);
        boolean chunked = reply.headers("Transfer-Encoding").contains("chunked");
        return new Reply(reply.status, reply.headers, chunked ? dechunk(body) : body);
    }

    /** The values of all headers by that name. */
    public List<String> headers(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ':';
        return headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }

    /** Whether the probe saw this. */
    public boolean says(String line) {
        return body.lines().anyMatch(line::equals);
    }

    private static String dechunk(String body) {
        StringBuilder whole = new StringBuilder();
        int at = 0;
        for (int size = sizeAt(body, at); size > 0; size = sizeAt(body, at)) {
            int start = body.indexOf("\r\n", at) + 2;
            whole.append(body, start, start + size);
            at = start + size + 2;
        }
        return whole.toString();
    }

    private static int sizeAt(String body, int at) {
        int end = body.indexOf("\r\n", at);
        return end < 0 ? 0 : Integer.parseInt(body.substring(at, end).strip(), 16);
    }
}
