package dev.lockstep.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.LogPosition;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.spi.NodeClock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final NaiveStore store = new NaiveStore(System::currentTimeMillis);
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void close() {
        scheduler.shutdownNow();
    }

    @Test
    void whoeverEntersIsNotHeldUpByThePauseOfThoseWhoWait() {
        WaitingRoom room = room(LONG);
        store.register("silent-1", "a silent node", LONG);
        Wait first = room.enter(next());
        await().until(first::hasBegun);

        Wait second = room.enter(next());
        second.acknowledged("silent-1");

        await().until(second.over()::isDone);
        assertThat(first.over()).isNotDone();
    }

    @Test
    void thoseWhoWaitSeeWhatChangesAfterThePause() {
        WaitingRoom room = room(Duration.ofMillis(10));
        store.register("slow-1", "a slow node", LONG);
        Wait wait = room.enter(next());
        await().until(wait::hasBegun);

        store.acknowledge("slow-1", next());

        await().until(wait.over()::isDone);
    }

    private WaitingRoom room(Duration pause) {
        return new WaitingRoom(store, new NodeIdentity("a node"), LONG, pause, NodeClock.SYSTEM, scheduler);
    }

    /** A place in the log that no node has applied yet. */
    private LogPosition next() {
        LogPosition head = store.poll("", new LogPosition(0, 0), 1).head();
        return new LogPosition(head.epoch(), head.position() + 1);
    }
}
