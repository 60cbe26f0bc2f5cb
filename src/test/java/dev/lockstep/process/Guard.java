package dev.lockstep.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;

/**
 * A shell that starts a child process, watches over it, and ends with the child's exit status. It
 * reads from a pipe that only this JVM holds open. When the pipe ends (this JVM closed it, crashed,
 * or was killed) it kills the child, which may have been stopped, and the child's children. Until
 * then it hands what it reads to the child, where that has an input.
 *
 * <p>The child has printed its process id, and started the program, before the program prints
 * anything.
 */
final class Guard {

    private static final String SCRIPT = """
            trap '' INT HUP
            exec 3<&0
            in=${1:-$(mktemp -u)} out=$2
            shift 2
            [ -e "$in" ] || mkfifo -m 600 "$in"
            sh -c 'echo $$; exec "$@" >&$0' "$out" "$@" <"$in" 3<&- &
            p=$!
            {
                [ ! -p "$in" ] || rm "$in"
                cat
                kill -STOP $p
                c=$(cat /proc/$p/task/*/children)
                kill -KILL $c $p
            } <&3 >"$in" 2>/dev/null &
            w=$!
            exec 3<&- >&- 2>/dev/null
            wait $p
            s=$?
            kill -KILL $w
            exit $s
            """;

    /** What becomes of the child's standard input and output. */
    enum Streams {
        /** No input; its output is the shell's. */
        OUTPUT("/dev/null", "1"),
        /** No input; its output goes where its errors go. */
        SILENT("/dev/null", "2"),
        /** Both are the shell's. */
        BOTH("", "1");

        private final String input;
        private final String output;

        Streams(String input, String output) {
            this.input = input;
            this.output = output;
        }
    }

    private Guard() {}

    /** The shell's first line of output is the child's process id. */
    static Process start(Streams streams, List<String> command, Redirect errors) throws IOException {
        List<String> guarded = new ArrayList<>(List.of("sh", "-c", SCRIPT, "guard", streams.input, streams.output));
        guarded.addAll(command);
        return new ProcessBuilder(guarded).redirectError(errors).start();
    }

    /** Reads that line. */
    static long readPid(BufferedReader output) throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("no process was started");
        }
        return Long.parseLong(line);
    }
}
