package dev.lockstep.demo.launcher;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** The time after the walk-through, for a person to try things. */
final class StayingUp {

    private final DemoNode a;
    private final DemoNode b;
    private final Transcript transcript;

    StayingUp(DemoNode a, DemoNode b, Transcript transcript) {
        this.a = a;
        this.b = b;
        this.transcript = transcript;
    }

    /**
     * Returns when Enter is pressed. Without a standard input there is no Enter: then only a signal
     * ends the demo.
     *
     * @throws DemoFailed if a node ends by itself
     */
    void untilTold() {
        transcript.say(toTry());
        CompletableFuture<Void> enter = enter();
        CompletableFuture.anyOf(enter, a.ended(), b.ended()).join();
        if (!enter.isDone()) {
            throw (a.ended().isDone() ? a : b).failure("ended by itself");
        }
    }

    private String toTry() {
        return """

                Both nodes stay up. Open %1$s/ in a browser to see the same on one page.

                To try in another terminal (users: alice, bob, root; the name is the password):

                  TOKEN=$(curl -s -H 'Content-Type: application/json' -d '{"username":"alice","password":"alice"}' \\
                    %1$s/api/login | sed 's/.*"token":"\\([^"]*\\).*/\\1/')
                  curl -i -H "Authorization: Bearer $TOKEN" %2$s/api/me
                  curl -i -H "Authorization: Bearer $TOKEN" %2$s/api/sessions
                  curl -i -H "Authorization: Bearer $TOKEN" -X POST %1$s/api/logout
                  curl -i -H "Authorization: Bearer $TOKEN" %2$s/api/me

                Enter or Ctrl-C stops both.""".formatted(a.url(), b.url());
    }

    private CompletableFuture<Void> enter() {
        CompletableFuture<Void> pressed = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(pressed), "demo-enter");
        reader.setDaemon(true);
        reader.start();
        return pressed;
    }

    private void read(CompletableFuture<Void> pressed) {
        try {
            for (int c = System.in.read(); c >= 0; c = System.in.read()) {
                if (c == '\n') {
                    pressed.complete(null);
                    return;
                }
            }
        } catch (IOException e) {
            // as good as closed
        }
        transcript.say("(There is no standard input, so only Ctrl-C or a signal will do.)");
    }
}
