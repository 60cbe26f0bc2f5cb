package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.contract.CapturedLog;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

class StartupNoticeTest {

    @Test
    void whatTakesLongIsNamed() {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try (CapturedLog log = new CapturedLog(StartupNotice.class.getName())) {
            String outcome = StartupNotice.on("its place", scheduler, () -> {
                await().until(() -> !log.messages().isEmpty());
                return "done";
            });

            assertThat(outcome).isEqualTo("done");
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("LOCKSTEP-0516")
                    .contains("its place");
        } finally {
            scheduler.shutdownNow();
        }
    }
}
