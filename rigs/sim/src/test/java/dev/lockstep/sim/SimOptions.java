package dev.lockstep.sim;

import dev.lockstep.sim.weave.Slip;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for, by system properties.
 *
 * @param validations how many there are to be at least
 * @param seed from which those of all worlds follow
 * @param world the seed of the one world that is to be run; empty for as many as it takes
 * @param without numbers of harms that are not done in that one
 * @param slip the rule that is broken; null for none
 */
record SimOptions(
        long validations,
        long seed,
        Optional<Long> world,
        BitSet without,
        @Nullable Slip slip) {

    static SimOptions read() {
        return new SimOptions(
                Long.getLong("sim.validations", 10_000_000),
                number("sim.seed").orElseGet(() -> new SecureRandom().nextLong() >>> 1),
                number("sim.world"),
                ranges(System.getProperty("sim.without", "")),
                slip(System.getProperty("sim.slip", "")));
    }

    private static Optional<Long> number(String property) {
        String text = System.getProperty(property, "");
        return text.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(text));
    }

    private static @Nullable Slip slip(String spelling) {
        return spelling.isEmpty()
                ? null
                : Arrays.stream(Slip.values())
                        .filter(slip -> slip.spelling().equals(spelling))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no slip is called " + spelling));
    }

    /** {@code 0-17,19,21-40}. */
    static BitSet ranges(String text) {
        BitSet numbers = new BitSet();
        for (String range : text.isEmpty() ? new String[0] : text.split(",")) {
            String[] ends = range.split("-");
            numbers.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
        }
        return numbers;
    }

    /** The text of which {@link #ranges} makes these numbers. */
    static String text(BitSet numbers) {
        StringBuilder text = new StringBuilder();
        for (int from = numbers.nextSetBit(0); from >= 0; from = numbers.nextSetBit(numbers.nextClearBit(from))) {
            int to = numbers.nextClearBit(from) - 1;
            text.append(text.isEmpty() ? "" : ",").append(from).append(to == from ? "" : "-" + to);
        }
        return text.toString();
    }
}
