package dev.lockstep;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PlaceholderTest {

    @Test
    void jupiterRuns() {
        assertThat(1 + 1).isEqualTo(2);
    }

    @Property(tries = 10)
    boolean jqwikRuns(@ForAll int n) {
        return n == n;
    }
}
