package dev.lockstep.chaos.history;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What happened, in memory: some 60 bytes for each call. Thread-safe.
 */
public final class History {

    private final List<Birth> births = new ArrayList<>();
    private final List<End> ends = new ArrayList<>();
    private final Set<End> underWay = new HashSet<>();
    private final List<Check> checks = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();
    private final List<Restore> restores = new ArrayList<>();
    private final List<Breach> breaches = new ArrayList<>();
    private final Set<Integer> crowds = new HashSet<>();

    public synchronized void add(Birth birth) {
        births.add(birth);
    }

    /** A call is about to be sent: from now on what it ends may have ended. */
    public synchronized void begins(List<End> begun) {
        underWay.addAll(begun);
    }

    /** The call was answered, or given up. */
    public synchronized void ended(List<End> begun, List<End> answered) {
        underWay.removeAll(begun);
        ends.addAll(answered);
    }

    public synchronized void add(Check check) {
        checks.add(check);
    }

    public synchronized void add(Attempt attempt) {
        attempts.add(attempt);
    }

    public synchronized void add(Restore restore) {
        restores.add(restore);
    }

    public synchronized void add(Breach breach) {
        breaches.add(breach);
    }

    /** This session is one of so many that ending them all takes more than one transaction. */
    public synchronized void isOfCrowd(int session) {
        crowds.add(session);
    }

    /** A fault begins. Returns its number, for {@link #ended}. */
    public synchronized int began(String kind, int node, long now) {
        spans.add(new Span(kind, node, now, Long.MAX_VALUE));
        return spans.size() - 1;
    }

    public synchronized void ended(int span, long now) {
        Span open = spans.get(span);
        spans.set(span, new Span(open.kind(), open.node(), open.began(), now));
    }

    public synchronized Record copy() {
        List<End> all = new ArrayList<>(ends);
        all.addAll(underWay);
        return new Record(births, all, checks, attempts, spans, restores, breaches, crowds);
    }

    /** A history that does not change any more. */
    public record Record(
            List<Birth> births,
            List<End> ends,
            List<Check> checks,
            List<Attempt> attempts,
            List<Span> spans,
            List<Restore> restores,
            List<Breach> breaches,
            Set<Integer> crowds) {

        public Record {
            births = List.copyOf(births);
            ends = List.copyOf(ends);
            checks = List.copyOf(checks);
            attempts = List.copyOf(attempts);
            spans = List.copyOf(spans);
            restores = List.copyOf(restores);
            breaches = List.copyOf(breaches);
            crowds = Set.copyOf(crowds);
        }

        public Record with(List<Check> further) {
            List<Check> more = new ArrayList<>(checks);
            more.addAll(further);
            return new Record(births, ends, more, attempts, spans, restores, breaches, crowds);
        }

        /**
         * Whether the store's clock was wrong at some time in between: sessions may have been over
         * meanwhile, or since.
         */
        boolean isStoreClockWrong(long from, long until) {
            return spans.stream()
                    .anyMatch(span ->
                            span.kind().equals(Span.STORE_CLOCK) && span.began() <= until && from <= span.ended());
        }

        /**
         * One line for each entry, in no particular order: sort by the time in the first column.
         */
        public void write(Path file) throws IOException {
            try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
                births.forEach(birth -> out.println(birth.began() + " " + birth));
                ends.forEach(end -> out.println(end.began() + " " + end));
                checks.forEach(check -> out.println(check.began() + " " + check));
                attempts.forEach(attempt -> out.println(attempt.began() + " " + attempt));
                spans.forEach(span -> out.println(span.began() + " " + span));
                restores.forEach(restore -> out.println(restore.began() + " " + restore));
                breaches.forEach(breach -> out.println(breach.at() + " " + breach));
            }
        }
    }
}
