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
import java.util.concurrent.Callable;

/**
 * A program of its own around Payara Micro: deploys a web application, uses it and undeploys it,
 * several times, then another one, whose sessions are in a PostgreSQL, and says of each time what
 * was left behind. Ends with 0 if that was nothing.
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
    private final int port;
    private final DatabaseConnections connections;

    private PayaraRedeployments(Object server, int port, DatabaseConnections connections) {
        this.server = server;
        this.port = port;
        this.connections = connections;
    }

    /**
     * @param arguments the WAR, the one with a pool, the database's URL, what the pool's
     *     connections call themselves, and the options of Payara Micro, of which the first is the
     *     port
     */
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
        File alone = new File(arguments[0]);
        File pooled = new File(arguments[1]);
        DatabaseConnections connections = new DatabaseConnections(arguments[2], arguments[3]);
        // by this thread, as the driver's own thread remembers the class loader of who is the first
        System.out.println("connections at first: " + connections.all());
        String[] options = Arrays.copyOfRange(arguments, 4, arguments.length);
        int port = Integer.parseInt(options[1]);
        PayaraRedeployments all = new PayaraRedeployments(start(options), port, connections);
        return all.redeploy(alone, 0) && all.redeploy(pooled, 1) && all.closesWebSockets(alone);
    }

    private static Object start(String[] options) throws ReflectiveOperationException {
        Class<?> micro = Class.forName("fish.payara.micro.PayaraMicro");
        micro.getMethod("main", String[].class).invoke(null, (Object) options);
        Object started = micro.getMethod("getInstance").invoke(null);
        return micro.getMethod("getRuntime").invoke(started);
    }

    /** @param listening how many connections the application listens by */
    private boolean redeploy(File war, int listening) throws Exception {
        boolean clean = true;
        for (int i = 1; i <= TIMES && clean; i++) {
            deploy(war);
            String seen = use();
            becomes(() -> connections.listening() == listening);
            int listened = connections.listening();
            try (EventStreamClient stream = EventStreamClient.open(Http.at(port, NAME), "rest/kept", "none")) {
                seen += ", " + stream.next();
                undeploy();
                seen += ", " + stream.next();
            }
            String left = awaitNothing();
            System.out.println("redeployment %d of %s: %s, %d connections listened, left behind: %s"
                    .formatted(i, war.getName(), seen, listened, left));
            clean = seen.equals("used, data: welcome, end") && listened == listening && left.equals(LeftBehind.NOTHING);
        }
        return clean;
    }

    /** Last, as Payara's threads remember the last WebSocket that they opened. */
    private boolean closesWebSockets(File war) throws Exception {
        deploy(war);
        try (WebSocketClient socket = WebSocketClient.open(port, "/" + NAME + "/kept")) {
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
        URI use = URI.create("http://127.0.0.1:" + port + "/" + NAME + "/use");
        HttpRequest request = HttpRequest.newBuilder(use).timeout(PATIENCE).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    /**
     * Looks again for a while: a server lets go of an application bit by bit, and its pool of a
     * connection that nobody has.
     */
    private String awaitNothing() throws Exception {
        becomes(() -> left().equals(LeftBehind.NOTHING));
        return left();
    }

    private String left() throws Exception {
        String left = LeftBehind.look();
        int open = connections.all();
        return open == 0 ? left : left + ", and " + open + " connections";
    }

    private static boolean becomes(Callable<Boolean> condition) throws Exception {
        long begun = System.nanoTime();
        boolean is = condition.call();
        while (!is && System.nanoTime() - begun < PATIENCE.toNanos()) {
            Thread.sleep(PAUSE.toMillis());
            is = condition.call();
        }
        return is;
    }
}
