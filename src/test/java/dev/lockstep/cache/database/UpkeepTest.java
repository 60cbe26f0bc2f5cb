package dev.lockstep.cache.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.concurrent.Recurring;
import dev.lockstep.process.LoggedMessages;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpkeepTest {

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final Exhausted connections = new Exhausted();

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void sweepingGoesOnAfterAnErrorAndSaysSo() {
        try (LoggedMessages messages = LoggedMessages.of(Recurring.class)) {
            Upkeep upkeep = new Upkeep(new CacheTable(connections, "/upkeep"), 1, scheduler);
            await().until(() -> {
                upkeep.wrote();
                return connections.asked.get() > 2;
            });
            assertThat(messages.all()).singleElement().asString().contains("LOCKSTEP-0215", "sweeping");
        }
    }

    private static final class Exhausted implements ConnectionSource {

        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public void warmUp() {}

        @Override
        public CacheConnection take() {
            throw new OutOfMemoryError("a failure of a test");
        }

        @Override
        public CacheConnection takeForUpkeep() {
            asked.incrementAndGet();
            throw new OutOfMemoryError("a failure of a test");
        }

        @Override
        public void giveBack(CacheConnection connection) {}

        @Override
        public void drop(CacheConnection connection) {}

        @Override
        public void close() {}
    }
}
