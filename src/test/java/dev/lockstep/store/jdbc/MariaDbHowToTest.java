package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.Samples;
import dev.lockstep.docs.Block;
import dev.lockstep.process.MariaDbServer;
import dev.lockstep.spi.NodeListener;
import java.io.StringReader;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What docs/howto/mariadb.md prints leads to a store that works. */
class MariaDbHowToTest {

    @Test
    void aStoreOpensOnTheDatabaseThatItMakes() throws Exception {
        try (MariaDbServer server = MariaDbServer.start(Map.of())) {
            server.execute(
                    text(Block.printed("docs/howto/mariadb.md", "sql", 1)).split(";\\s*"));
            Properties settings = new Properties();
            String printed = text(Block.printed("docs/howto/mariadb.md", "properties", 1));
            settings.load(new StringReader(printed.replace("//db/", "//127.0.0.1:" + server.port() + "/")));

            try (StoreDataSource pool = StoreDataSource.pooled(
                            settings.getProperty("lockstep.store.url"),
                            settings.getProperty("lockstep.store.user"),
                            settings.getProperty("lockstep.store.password"),
                            16);
                    JdbcStore store = JdbcStore.open(
                            pool,
                            "/shop",
                            StoreSettings.DEFAULTS,
                            Executors.defaultThreadFactory(),
                            NodeListener.NONE)) {
                assertThat(store.find(store.open(Samples.session("alice")).digest()))
                        .isNotNull();
            }
        }
    }

    private static String text(Block block) {
        return block.text().replace("…", "secret").strip();
    }
}
