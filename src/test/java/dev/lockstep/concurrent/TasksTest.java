package dev.lockstep.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TasksTest {

    private final List<String> done = new ArrayList<>();

    @Test
    void noneIsLeftOutWhateverAnotherThrowsAndAnErrorIsToldFirst() {
        List<Runnable> tasks = List.of(
                () -> done.add("one"),
                () -> {
                    throw new IllegalStateException("exception");
                },
                () -> {
                    throw new LinkageError("error");
                },
                () -> done.add("two"));

        assertThatThrownBy(() -> Tasks.runAll(tasks)).isInstanceOf(LinkageError.class);
        assertThatThrownBy(() -> Tasks.runAll(tasks.subList(0, 2))).hasMessage("exception");

        assertThat(done).containsExactly("one", "two", "one");
    }
}
