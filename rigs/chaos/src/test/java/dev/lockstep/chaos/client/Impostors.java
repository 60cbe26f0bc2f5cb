package dev.lockstep.chaos.client;

import dev.lockstep.chaos.forge.InventedTokens;
import org.jspecify.annotations.Nullable;

/**
 * Clients that present tokens which no node has issued: invented ones, new or known to whoever
 * forges copies, and ones that others hold, with a character changed. Thread-safe; nothing here
 * blocks.
 */
final class Impostors {

    private final Calls calls;
    private final Timetable timetable;
    private final InventedTokens invented;
    private volatile @Nullable String overheard;

    Impostors(Calls calls, Timetable timetable, InventedTokens invented) {
        this.calls = calls;
        this.timetable = timetable;
        this.invented = invented;
    }

    void saw(Subject subject) {
        overheard = subject.text();
    }

    void present() {
        calls.presentForged(timetable.pick(calls.nodes()), token());
    }

    private String token() {
        String genuine = overheard;
        int chance = timetable.pick(4);
        if (chance == 0 && genuine != null) {
            return InventedTokens.changed(genuine);
        }
        return chance == 1 ? InventedTokens.fresh() : invented.again();
    }
}
