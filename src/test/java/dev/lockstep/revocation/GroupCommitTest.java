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
    private int breaks;

    private final GroupCommit<String> commits = new GroupCommit<>(10, this::commit, this::fail, committing);

    @Test
    void anErrorWhileAGroupIsHalvedLeavesNobodyWaiting() {
        breaks = 1;
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

    /** However far down it was found out. */
    @Test
    void noneBesideOrBehindAnUnreachableOneIsTried() {
        List.of("unreachable", "bad", "a", "b", "c", "d", "e", "f").forEach(commits::add);

        committing.run();

        assertThat(failed).containsExactly("unreachable", "bad", "a", "b", "c", "d", "e", "f");
        assertThat(tried).extracting(List::size).containsExactly(8, 4, 2, 1);
    }

    /** Those of its group could not be told, as nothing could be done then. */
    @Test
    void anErrorThatBreaksTheCommitterLeavesNobodyBehindTheGroupWaiting() {
        breaks = 2;
        List.of("bad", "1", "2", "3", "4", "5", "6", "7", "8", "9", "behind", "last")
                .forEach(commits::add);

        committing.run();

        assertThat(committed).containsExactly("behind", "last");
    }

    @Test
    void whoeverWaitsIsToldWhereTheCommitterCannotBeRun() {
        committing.failsOnce = true;
        commits.add("first");
        assertThat(failed).containsExactly("first");

        commits.add("second");
        committing.run();

        assertThat(committed).containsExactly("second");
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
        if (breaks > 0) {
            breaks--;
            throw new OutOfMemoryError("a failure of a test");
        }
        failed.addAll(group);
    }
}
