package dev.lockstep.it.redeploy;

import dev.lockstep.it.Http;
import dev.lockstep.it.web.EventStreamClient;
import dev.lockstep.it.web.WebSocketClient;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;

/**
 * A program of its own around Payara Micro: deploys a web application, uses it and undeploys it,
 * several times, and says of each time what was left behind. Ends with 0 if that was nothing.
 *
 * <p>Payara's classes are reached by reflection: for want of an artifact with its API alone,
 * nothing is compiled against the server.
 */
final class PayaraRedeployments {

    private static final String NAME = "redeployed";
    private static final int TIMES = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Object server;
    private final URI use;

    private PayaraRedeployments(Object server, URI use) {
        this.server = server;
        this.use = use;
    }

    /** @param arguments the WAR, and the options of Payara Micro, of which the first is the port */
    public static void main(String[] arguments) {
        int code = 1;
        try {
            code = run(arguments) ? 0 : 1;
        } catch (Exception e) {
            e.printStackTrace();
        } finally {
            System.out.flush();
            Runtime.getRuntime().halt(code); // the server's threads would keep the JVM
        }
    }

    private static boolean run(String[] arguments) throws Exception {
        File war = new File(arguments[0]);
        String[] options = Arrays.copyOfRange(arguments, 1, arguments.length);
        URI use = URI.create("http://127.0.0.1:" + arguments[2] + "/" + NAME + "/use");
        return new PayaraRedeployments(start(options), use).redeploy(war);
    }

    private static Object start(String[] options) throws ReflectiveOperationException {
        Class<?> micro = Class.forName("fish.payara.micro.PayaraMicro");
        micro.getMethod("main", String[].class).invoke(null, (Object) options);
        Object started = micro.getMethod("getInstance").invoke(null);
        return micro.getMethod("getRuntime").invoke(started);
    }

    private boolean redeploy(File war) throws Exception {
        boolean clean = true;
        for (int i = 1; i <= TIMES && clean; i++) {
            deploy(war);
            String seen = use();
            try (EventStreamClient stream = EventStreamClient.open(Http.at(use.getPort(), NAME), "rest/kept", "none")) {
                seen += ", " + stream.next();
                undeploy();
                seen += ", " + stream.next();
            }
            String left = awaitNothing();
            System.out.println("redeployment " + i + ": " + seen + ", left behind: " + left);
            clean = seen.equals("used, data: welcome, end") && left.equals(LeftBehind.NOTHING);
        }
        return clean && closesWebSockets(war);
    }

    /** Last, as Payara's threads remember the last WebSocket that they opened. */
    private boolean closesWebSockets(File war) throws Exception {
        deploy(war);
        try (WebSocketClient socket = WebSocketClient.open(use.getPort(), "/" + NAME + "/kept")) {
            String answer = socket.ask("hello");
            undeploy();
            answer += ", " + socket.next();
            System.out.println("redeployment with a WebSocket: " + answer);
            return answer.equals("hello, closed 1001");
        }
    }

    private void deploy(File war) throws ReflectiveOperationException {
        runtime().getMethod("deploy", String.class, String.class, File.class).invoke(server, NAME, NAME, war);
    }

    private void undeploy() throws ReflectiveOperationException {
        runtime().getMethod("undeploy", String.class).invoke(server, NAME);
    }

    private static Class<?> runtime() throws ClassNotFoundException {
        return Class.forName("fish.payara.micro.PayaraMicroRuntime");
    }

    private String use() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(use).timeout(PATIENCE).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    /** Looks again for a while: a server lets go of an application bit by bit. */
    private static String awaitNothing() throws InterruptedException {
        long begun = System.nanoTime();
        String left = LeftBehind.look();
        while (!left.equals(LeftBehind.NOTHING) && System.nanoTime() - begun < PATIENCE.toNanos()) {
            Thread.sleep(PAUSE.toMillis());
            left = LeftBehind.look();
        }
        return left;
    }
}
