package dev.lockstep.chaos.node;

import dev.lockstep.LockstepException;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Tokens that are tried in this JVM in the moment in which a revocation has returned, and on other
 * nodes whose requests are sent in that same moment, over connections that were made before. Used
 * by one thread.
 *
 * <p>What was found is told as {@code <port>=<letters>}, a letter for each token: {@code L}ive,
 * {@code G}one, or {@code U}nknown; this node's port is 0.
 */
final class Witnesses implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 400;

    private final List<String> tokens;
    private final List<Socket> others = new ArrayList<>();

    private Witnesses(List<String> tokens) {
        this.tokens = tokens;
    }

    /** @param words tokens, and ports after an {@code @} */
    static Witnesses of(List<String> words) {
        Witnesses witnesses =
                new Witnesses(words.stream().filter(word -> !isPort(word)).toList());
        words.stream()
                .filter(Witnesses::isPort)
                .forEach(word -> witnesses.connect(Integer.parseInt(word.substring(1))));
        return witnesses;
    }

    List<String> findings(SessionManager sessions) {
        others.forEach(this::ask);
        List<String> findings = new ArrayList<>();
        StringBuilder own = new StringBuilder("0=");
        tokens.forEach(token -> own.append(tried(sessions, token)));
        findings.add(own.toString());
        others.forEach(other -> findings.add(heard(other)));
        return findings;
    }

    @Override
    public void close() throws IOException {
        for (Socket other : others) {
            other.close();
        }
    }

    private static boolean isPort(String word) {
        return word.startsWith("@");
    }

    private void connect(int port) {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            others.add(socket);
        } catch (IOException e) {
            // that node is away
        }
    }

    private void ask(Socket other) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            lines.append(i).append(" FIND ").append(tokens.get(i)).append('\n');
        }
        try {
            other.getOutputStream().write(lines.toString().getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // that node is away: nothing will be heard
        }
    }

    private static char tried(SessionManager sessions, String token) {
        try {
            return sessions.find(SessionToken.of(token)).isPresent() ? 'L' : 'G';
        } catch (LockstepException e) {
            return 'U';
        }
    }

    private String heard(Socket other) {
        char[] letters = "U".repeat(tokens.size()).toCharArray();
        try {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.US_ASCII));
            for (int i = 0; i < tokens.size(); i++) {
                String[] words = String.valueOf(in.readLine()).split(" ");
                if (words.length > 1) {
                    letters[Integer.parseInt(words[0])] = letter(words[1]);
                }
            }
        } catch (IOException e) {
            // the rest stays unknown
        }
        return other.getPort() + "=" + new String(letters);
    }

    private static char letter(String status) {
        return switch (status) {
            case "OK" -> 'L';
            case "NO" -> 'G';
            default -> 'U';
        };
    }
}
