package dev.lockstep.sim.engine;

import java.util.List;
import java.util.SplittableRandom;

/** A stream of choices that a seed decides. One thread's at a time. */
public final class Choices {

    private final SplittableRandom random;

    public Choices(long seed) {
        this(new SplittableRandom(seed));
    }

    private Choices(SplittableRandom random) {
        this.random = random;
    }

    /** Another stream: what is drawn from it changes nothing that is drawn here. */
    public Choices split() {
        return new Choices(random.split());
    }

    public long nextLong() {
        return random.nextLong();
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** From {@code least} to {@code most}, both included. */
    public int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    public long between(long least, long most) {
        return random.nextLong(least, most + 1);
    }

    public long upTo(long most) {
        return random.nextLong(most + 1);
    }

    public boolean percent(double chance) {
        return random.nextDouble() * 100 < chance;
    }

    public double fraction() {
        return random.nextDouble();
    }

    public <T> T oneOf(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** Mostly short, seldom long: a power of ten between the two, as likely as any other. */
    public long spread(long least, long most) {
        return (long) (least * Math.pow((double) most / least, random.nextDouble()));
    }

    /** How many passes go by until one in {@code mean} is taken. */
    public int passesUntilOneIn(int mean) {
        return 1 + (int) (-Math.log(1 - random.nextDouble()) * mean);
    }
}
