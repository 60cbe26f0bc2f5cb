package dev.lockstep.cache.hotrod;

import static org.awaitility.Awaitility.await;

import dev.lockstep.contract.TlsFiles;
import dev.lockstep.docs.Block;
import dev.lockstep.process.Jdk;
import dev.lockstep.process.Ports;
import dev.lockstep.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real Infinispan Server. For one thread at a time. */
public final class InfinispanServer extends ServerProcess {

    /** Quick to start, unless it is to be measured. */
    private static final int COMPILERS = Integer.getInteger("infinispan.server.compilers", 1);

    public static final String USER = "lockstep";
    public static final String PASSWORD = "secret word";

    private static final Pattern RUNTIME = Pattern.compile("infinispan-server-runtime-([\\d.]+Final)\\.jar");

    /** Whose groups allow nothing. */
    static final String NOBODY = "nobody";

    private InfinispanServer(Path folder) throws IOException {
        super(folder);
    }

    /** A server without a cluster. */
    public static InfinispanServer alone() throws IOException {
        return new InfinispanServer(newFolder()).configured("", "", "").started();
    }

    /** One that begins to run when it is started. */
    static InfinispanServer notYetStarted() throws IOException {
        return new InfinispanServer(newFolder()).configured("", "", "");
    }

    /**
     * A server that asks for a certificate, with the cache that the how-to prints, which users with
     * the role that it prints may read and write; nothing else is allowed.
     */
    static InfinispanServer strict(TlsFiles tls) throws IOException {
        String identity = "<server-identities><ssl><keystore path=\"" + tls.keyStore() + "\" password=\""
                + TlsFiles.PASSWORD + "\" alias=\"it\"/><truststore path=\"" + tls.keyStore() + "\" password=\""
                + TlsFiles.PASSWORD + "\"/></ssl></server-identities>";
        String end = "</distributed-cache>";
        String container = """
                <transport stack="loopback" cluster="strict"/>
                <security><authorization>
                  <identity-role-mapper/>
                  <role name="admin" permissions="ALL"/>
                  <role name="nothing" permissions="NONE"/>
                  %s
                </authorization></security>
                %s
                """.formatted(
                Block.printed("docs/howto/hotrod.md", "xml", 3).text(),
                Block.printed("docs/howto/hotrod.md", "xml", 2)
                        .text()
                        .replace(end, "<security><authorization roles=\"admin sessions nothing\"/></security>" + end));
        int port = Ports.free();
        return new InfinispanServer(newFolder())
                .configured(stack(port, port), container, identity)
                .started();
    }

    /** A cluster of one: it has what clusters have. */
    public static InfinispanServer clustered() throws IOException {
        return member(List.of(Ports.free()), 0);
    }

    /**
     * Two servers that listen and have found each other: those that start together may be alone
     * first, and merge.
     */
    static List<InfinispanServer> cluster() throws IOException {
        List<Integer> ports = List.of(Ports.free(), Ports.free());
        List<InfinispanServer> members = List.of(member(ports, 0), member(ports, 1));
        for (InfinispanServer each : members) {
            each.awaitListening();
            each.awaitMembers(2);
        }
        return members;
    }

    /**
     * Members find each other at the first of these ports, and listen to each other at their own.
     */
    private static InfinispanServer member(List<Integer> ports, int index) throws IOException {
        return new InfinispanServer(newFolder())
                .configured(
                        stack(ports.get(index), ports.get(0)), "<transport stack=\"loopback\" cluster=\"test\"/>", "")
                .started();
    }

    private static String stack(int port, int first) {
        return "<jgroups><stack name=\"loopback\"><TCP bind_addr=\"127.0.0.1\" bind_port=\"" + port
                + "\" port_range=\"0\" diag.enabled=\"false\"/><TCPPING initial_hosts=\"127.0.0.1[" + first
                + "]\" port_range=\"0\"/><MERGE3 min_interval=\"1000\" max_interval=\"3000\"/>"
                + "<FD_ALL3 timeout=\"3000\" interval=\"600\"/><VERIFY_SUSPECT2 timeout=\"300\"/>"
                + "<pbcast.NAKACK2 use_mcast_xmit=\"false\"/><UNICAST3/><pbcast.STABLE/>"
                + "<pbcast.GMS join_timeout=\"500\"/><UFC/><MFC/><FRAG4/></stack></jgroups>";
    }

    String uri() {
        return "hotrod://127.0.0.1:" + port();
    }

    String tlsUri() {
        return "hotrods://127.0.0.1:" + port();
    }

    /** What its jars say that it is. */
    static String version() throws IOException {
        Matcher runtime = RUNTIME.matcher(classPath());
        return runtime.results()
                .map(found -> "Infinispan Server " + found.group(1))
                .findFirst()
                .orElseThrow();
    }

    /**
     * The jars of the server, the client's among them with the versions of Netty and others that it
     * asks for.
     */
    static String classPath() throws IOException {
        return Files.readString(Path.of("target", "infinispan-server.classpath"));
    }

    @Override
    protected List<String> command() throws IOException {
        return List.of(
                Jdk.program("java"),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=" + COMPILERS,
                "-Dlog4j2.configurationFile=" + folder().resolve("conf/log4j2.xml"),
                "-cp",
                classPath(),
                "org.infinispan.server.Bootstrap",
                "-s",
                folder().toString(),
                "-c",
                "infinispan.xml");
    }

    private void awaitMembers(int count) {
        String view = "] (" + count + ") [";
        await().atMost(Duration.ofSeconds(90))
                .until(() -> Files.readString(log().toPath()).contains(view));
    }

    /** Forgets everything that it had on disk. */
    void wipe() throws IOException {
        Files.move(folder().resolve("data"), folder().resolve("data-" + System.nanoTime()));
    }

    private static Path newFolder() throws IOException {
        Path root = Files.createTempDirectory("infinispan-server");
        Files.createDirectory(root.resolve("conf"));
        return root;
    }

    private InfinispanServer started() throws IOException {
        start();
        return this;
    }

    private InfinispanServer configured(String jgroups, String container, String identity) throws IOException {
        write("infinispan.xml", """
                <infinispan xmlns="urn:infinispan:config:15.2">
                  %s
                  <cache-container name="default" statistics="false">%s</cache-container>
                  <server xmlns="urn:infinispan:server:15.2">
                    <interfaces><interface name="loopback"><inet-address value="127.0.0.1"/></interface></interfaces>
                    <socket-bindings default-interface="loopback" port-offset="0">
                      <socket-binding name="default" port="%d"/>
                    </socket-bindings>
                    <security><security-realms><security-realm name="default">
                      %s
                      <properties-realm groups-attribute="Roles">
                        <user-properties path="users.properties" plain-text="true"/>
                        <group-properties path="groups.properties"/>
                      </properties-realm>
                    </security-realm></security-realms></security>
                    <endpoints security-realm="default">
                      <endpoint socket-binding="default" require-ssl-client-auth="%s">
                        <hotrod-connector name="hotrod"/><rest-connector name="rest"/>
                      </endpoint>
                    </endpoints>
                  </server>
                </infinispan>
                """.formatted(jgroups, container, port(), identity, !identity.isEmpty()));
        write("users.properties", USER + "=" + PASSWORD + "\n" + NOBODY + "=" + PASSWORD + "\n");
        write("groups.properties", USER + "=sessions\n" + NOBODY + "=nothing\n");
        write(
                "log4j2.xml",
                "<Configuration><Appenders><Console name=\"out\"><PatternLayout pattern=\"%d %p %c %m%n%throwable\"/>"
                        + "</Console></Appenders><Loggers><Root level=\"INFO\"><AppenderRef ref=\"out\"/></Root>"
                        + "</Loggers></Configuration>");
        return this;
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(folder().resolve("conf").resolve(file), content);
    }
}
