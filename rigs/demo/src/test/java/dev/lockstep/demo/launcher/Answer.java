package dev.lockstep.demo.launcher;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a node answered. Its {@code must…} methods throw {@link DemoFailed} where that is not as
 * told.
 *
 * @param node who answered
 * @param request what was asked
 * @param status the HTTP status
 * @param body the answer's body
 * @param took how long the answer took
 */
record Answer(DemoNode node, String request, int status, String body, Duration took) {

    Answer mustBe(int expected) {
        if (status != expected) {
            throw wrong("with " + status + " instead of " + expected);
        }
        return this;
    }

    Answer mustHold(String text) {
        if (!body.contains(text)) {
            throw wrong("without " + text);
        }
        return this;
    }

    Answer mustHoldSessions(int expected) {
        long found = Pattern.compile("\"sessionId\"").matcher(body).results().count();
        if (found != expected) {
            throw wrong("with " + found + " sessions instead of " + expected);
        }
        return this;
    }

    /** A text of the JSON object in the body. */
    String text(String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(body);
        if (!matcher.find()) {
            throw wrong("without a " + name);
        }
        return matcher.group(1);
    }

    private DemoFailed wrong(String how) {
        return node.failure("answered " + request + " " + how);
    }
}
