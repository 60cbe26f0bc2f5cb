package dev.lockstep.runtimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DynamicTest;

/** The steps of one runtime as tests, each prints a line. Confined to the test's thread. */
final class StepLines {

    private final String name;
    private boolean stuck;

    StepLines(String name) {
        this.name = name;
    }

    DynamicTest step(String step, Steps.Step action) {
        return step(step, false, action);
    }

    /** One without which the later ones are not reached. */
    DynamicTest decisiveStep(String step, Steps.Step action) {
        return step(step, true, action);
    }

    private DynamicTest step(String step, boolean decisive, Steps.Step action) {
        return dynamicTest(step, () -> {
            String result = stuck ? "not reached" : "FAILED";
            long start = System.nanoTime();
            try {
                assertThat(stuck).as("an earlier step failed").isFalse();
                stuck = decisive;
                action.run();
                stuck = false;
                result = "good";
            } finally {
                long milliseconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                System.out.printf("%-20s %-34s %-12s %6d ms%n", name, step, result, milliseconds);
            }
        });
    }
}
