package dev.lockstep.chaos.history;

import dev.lockstep.chaos.history.Check.Answer;
import dev.lockstep.chaos.history.End.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A history made by hand, in milliseconds: session 1 is opened as token 1 from 0 to 10. */
abstract class HandmadeHistory {

    static final Allowances ALLOWANCES =
            new Allowances(Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofSeconds(20));

    final List<Birth> births = new ArrayList<>();
    final List<End> ends = new ArrayList<>();
    final List<Check> checks = new ArrayList<>();
    final List<Attempt> attempts = new ArrayList<>();
    final List<Span> spans = new ArrayList<>();
    final List<Restore> restores = new ArrayList<>();
    final List<Breach> breaches = new ArrayList<>();
    final Set<Integer> crowds = new HashSet<>();

    HandmadeHistory() {
        born(1, 0, 10);
    }

    void born(int token, long began, long ended) {
        births.add(new Birth(1, token, ms(began), ms(ended)));
    }

    void revoked(long began, long ended, Result result) {
        ends.add(new End(ends.size(), 1, End.WHOLE_SESSION, 1, 0, ms(began), ms(ended), result));
    }

    void checked(int token, long began, long ended, Answer answer) {
        checks.add(new Check(1, token, 0, ms(began), ms(ended), answer));
    }

    History.Record history() {
        return new History.Record(births, ends, checks, attempts, spans, restores, breaches, crowds);
    }

    static long ms(long millis) {
        return millis * 1_000_000;
    }
}
