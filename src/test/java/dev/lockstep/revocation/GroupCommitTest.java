package dev.lockstep.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.HandClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of those who wait for a group's commit, on a thread that is moved by hand. */
class GroupCommitTest {

    private final HandScheduler committing = new HandScheduler(new HandClock());
    private final List<String> committed = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private boolean breaks;

    private final GroupCommit<String> commits = new GroupCommit<>(10, this::commit, this::fail, committing);

    @Test
    void anErrorWhileAGroupIsHalvedLeavesNobodyWaiting() {
        breaks = true;
        commits.add("bad");
        commits.add("good");

        committing.run();
        commits.add("later");
        committing.run();

        assertThat(failed).contains("bad", "good");
        assertThat(committed).containsExactly("later");
    }

    private void commit(List<String> group) {
        if (group.contains("bad")) {
            throw new IllegalStateException("refused in a test");
        }
        committed.addAll(group);
    }

    private void fail(List<String> group, Throwable failure) {
        if (breaks) {
            breaks = false;
            throw new OutOfMemoryError("a failure of a test");
        }
        failed.addAll(group);
    }
}
