package dev.lockstep.it.redeploy;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A program of its own, beside an embedded Payara Micro: deploys a WAR, uses it and undeploys it, several times, and ends
 * with 0 if nothing was left behind in this JVM. By reflection, since Payara Micro's classes are not for compiling.
 */
public final class PayaraRedeployments {

    private static final String LOOPBACK = "configs.config.server-config.network-config.network-listeners"
            + ".network-listener.http-listener.address=127.0.0.1";
    private static final String NAME = "redeployed";
    private static final int TIMES = 3;
    private static final int LOOKS = 120;

    private PayaraRedeployments() {}

    /** @param arguments the WAR's file, and the port to listen on */
    public static void main(String[] arguments) throws Exception {
        Runtime.getRuntime().halt(run(new File(arguments[0]), Integer.parseInt(arguments[1])) ? 0 : 1);
    }

    private static boolean run(File war, int port) throws Exception {
        Object runtime = start(port);
        Class<?> type = Class.forName("fish.payara.micro.PayaraMicroRuntime");
        for (int i = 0; i < TIMES; i++) {
            type.getMethod("deploy", String.class, String.class, File.class).invoke(runtime, NAME, NAME, war);
            String answer = get(URI.create("http://127.0.0.1:" + port + "/" + NAME + "/use"));
            type.getMethod("undeploy", String.class).invoke(runtime, NAME);
            String left = left();
            System.out.println("redeployment " + (i + 1) + ": " + answer + ", left behind: " + left);
            if (!answer.equals("used") || !left.equals("nothing")) {
                return false;
            }
        }
        return true;
    }

    private static Object start(int port) throws Exception {
        Class<?> type = Class.forName("fish.payara.micro.PayaraMicro");
        Object micro = type.getMethod("getInstance").invoke(null);
        type.getMethod("setNoHazelcast", boolean.class).invoke(micro, true);
        type.getMethod("setNoCluster", boolean.class).invoke(micro, true);
        type.getMethod("setHttpPort", int.class).invoke(micro, port);
        Consumer<Object> preBoot = PayaraRedeployments::bindToLoopback;
        type.getMethod("setPreBootHandler", Consumer.class).invoke(micro, preBoot);
        return type.getMethod("bootStrap").invoke(micro);
    }

    private static void bindToLoopback(Object commands) {
        try {
            Class.forName("fish.payara.micro.boot.AdminCommandRunner")
                    .getMethod("run", String.class, String[].class)
                    .invoke(commands, "set", new String[] {LOOPBACK});
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String get(URI uri) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(1)).build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    /** Looks again for a while: a server lets go of an application bit by bit. */
    private static String left() throws InterruptedException {
        WeakReference<?> reference = (WeakReference<?>) System.getProperties().get(UsedServlet.LOADER);
        for (int look = 0; look < LOOKS && reference.get() != null; look++) {
            System.gc();
            synchronized (reference) {
                reference.wait(500);
            }
        }
        Object loader = reference.get();
        return loader == null ? "nothing" : "its class loader, and threads " + threads(loader);
    }

    private static String threads(Object loader) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> Objects.equals(thread.getContextClassLoader(), loader))
                .map(Thread::getName)
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
