package dev.lockstep.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.HandClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of those who wait for a group's commit, on a thread that is moved by hand. */
class GroupCommitTest {

    private final HandScheduler committing = new HandScheduler(new HandClock());
    private final List<String> committed = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final List<List<String>> tried = new ArrayList<>();
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

    @Test
    void whatIsLeftOfARefusedGroupIsNotTriedOnceTheStoreIsAway() {
        List.of("bad", "unreachable", "good", "better").forEach(commits::add);
        committing.run();

        assertThat(failed).containsExactly("bad", "unreachable", "good", "better");
        assertThat(tried)
                .containsExactly(
                        List.of("bad", "unreachable", "good", "better"),
                        List.of("bad", "unreachable"),
                        List.of("bad"),
                        List.of("unreachable"));
    }

    private void commit(List<String> group) {
        tried.add(List.copyOf(group));
        if (group.equals(List.of("unreachable"))) {
            throw new StoreUnavailableException("away in a test", null);
        }
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
