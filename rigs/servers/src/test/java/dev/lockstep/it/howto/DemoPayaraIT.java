package dev.lockstep.it.howto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.cache.hotrod.InfinispanServer;
import dev.lockstep.cache.redis.RedisProcess;
import dev.lockstep.docs.Block;
import dev.lockstep.docs.Script;
import dev.lockstep.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo, by the commands that the pages print: on other ports, and with Enter pressed when all
 * has been shown.
 */
class DemoPayaraIT {

    private static final Block DEMO = Block.printed("docs/howto/demo.md", "sh", 1);
    private static final Block WITH_REDIS = Block.printed("docs/howto/redis.md", "sh", 1);
    private static final Block WITH_INFINISPAN_SERVER = Block.printed("docs/howto/hotrod.md", "sh", 1);
    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void aLogoutOnOneNodeIsTrueOnTheOther() throws Exception {
        assertOk(demo(new Script(DEMO)).run());
    }

    @Test
    void itsCopiesAreInRedis(@TempDir Path commands) throws Exception {
        Files.createSymbolicLink(commands.resolve("redis-server"), RedisProcess.program());
        int port = Ports.free();
        Script script = demo(new Script(WITH_REDIS)).withCommands(commands).replace("6379", port);
        try (Script.Running running = script.start()) {
            await().atMost(LONG)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> !running.isAlive() || hasCopies(port));
            assertThat(running.isAlive()).as(running.output()).isTrue();
            assertOk(running.awaitSuccess());
        }
    }

    @Test
    void itsCopiesAreInAnInfinispanServer() throws Exception {
        try (InfinispanServer server = InfinispanServer.clustered()) {
            server.awaitListening();
            assertOk(demo(new Script(WITH_INFINISPAN_SERVER))
                    .replace("…", "'" + InfinispanServer.PASSWORD + "'")
                    .replace("127.0.0.1:11222", "127.0.0.1:" + server.port())
                    .run());
        }
    }

    private static Script demo(Script printed) throws IOException {
        String options = "-B -Dmaven.repo.local=%s -Ddemo.port=%d";
        return printed.with("MAVEN_ARGS", options.formatted(System.getProperty("it.repository"), Ports.free()))
                .typing("\n");
    }

    private static boolean hasCopies(int port) throws IOException {
        return !RedisProcess.ask(port, "KEYS lockstep:*").equals("*0");
    }

    /** All was as told, and no cache was missed: without it the same steps succeed. */
    private static void assertOk(String output) {
        assertThat(output)
                .contains("demo: ok", "/ in a browser", "Enter or Ctrl-C stops both.")
                .doesNotContain("LOCKSTEP-03");
    }
}
