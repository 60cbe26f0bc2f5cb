package dev.lockstep.cache.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.TokenDigest;
import dev.lockstep.cache.memory.CopyTable.Entry;
import dev.lockstep.contract.SessionCopies;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvictionOrderTest {

    private static final int MAX = 20;

    private final EvictionOrder order = new EvictionOrder(MAX);

    @Test
    void whileThereIsRoomNothingGoes() {
        add(0, MAX - 1);

        assertThat(order.evict()).isNull();
    }

    @Test
    void theFirstThatWasNotUsedGoesFirst() {
        List<Entry> entries = add(0, MAX);

        assertThat(order.evict()).isSameAs(entries.get(0));
        assertThat(order.evict()).isNull();
    }

    @Test
    void whatWasUsedOnceIsAsNew() {
        List<Entry> entries = add(0, MAX);
        entries.get(0).use();

        assertThat(order.evict()).isSameAs(entries.get(0));
    }

    @Test
    void whatWasUsedTwiceStaysAmongManyNewOnes() {
        List<Entry> entries = add(0, MAX);
        entries.get(0).use();
        entries.get(0).use();
        List<Entry> gone = new ArrayList<>();
        for (int i = MAX; i < 10 * MAX; i++) {
            gone.add(Objects.requireNonNull(order.evict()));
            add(i, i + 1);
        }

        assertThat(gone).doesNotContain(entries.get(0)).contains(entries.get(1));
    }

    @Test
    void whatComesBackSoonStays() {
        add(0, MAX);
        Entry gone = Objects.requireNonNull(order.evict());
        Entry again = new Entry(gone.copy(), 0);
        order.add(again);
        List<Entry> evicted = new ArrayList<>();
        for (int i = MAX; i < 3 * MAX; i++) {
            evicted.add(Objects.requireNonNull(order.evict()));
            add(i, i + 1);
        }

        assertThat(evicted).doesNotContain(again);
    }

    @Test
    void whatReplacesAnotherHasItsPlaceAndItsUses() {
        List<Entry> entries = add(0, MAX);
        entries.get(0).use();
        entries.get(0).use();
        Entry instead = new Entry(entries.get(0).copy(), 0);
        order.replace(entries.get(0), instead);

        assertThat(order.evict()).isSameAs(entries.get(1));
        assertThat(instead.uses).isZero();
        assertThat(instead.inMain).isTrue();
        assertThat(order.size()).isEqualTo(MAX - 1);
    }

    @Test
    void anyMayBeTakenOut() {
        List<Entry> entries = add(0, MAX);
        order.remove(entries.get(0));
        order.remove(entries.get(5));
        order.remove(entries.get(MAX - 1));
        add(MAX, MAX + 3);

        assertThat(order.evict()).isSameAs(entries.get(1));
    }

    /** Whatever readers do meanwhile, somebody who wants to put something gets on. */
    @Test
    void notMoreThanAFewAreSpared() {
        EvictionOrder large = new EvictionOrder(10_000);
        List<Entry> entries = add(large, 0, 10_000);
        entries.forEach(Entry::use);
        entries.forEach(Entry::use);

        assertThat(large.evict()).isSameAs(entries.get(256));
    }

    @Test
    void aCacheForOneHasRoomForOne() {
        EvictionOrder one = new EvictionOrder(1);
        List<Entry> first = add(one, 0, 1);
        first.get(0).use();
        first.get(0).use();
        first.get(0).use();

        assertThat(one.evict()).isSameAs(first.get(0));
        assertThat(one.size()).isZero();
    }

    private List<Entry> add(int from, int to) {
        return add(order, from, to);
    }

    private static List<Entry> add(EvictionOrder to, int from, int end) {
        List<Entry> entries = IntStream.range(from, end)
                .mapToObj(i -> new Entry(SessionCopies.copy(new TokenDigest(i, i, i * 7L, i), i), 0))
                .toList();
        entries.forEach(to::add);
        return entries;
    }
}
