package dev.lockstep.sim.world;

import dev.lockstep.sim.engine.Choices;

/** What somebody makes of a message on its way. */
final class Changes {

    private Changes() {}

    /** With a bit changed. */
    static byte[] ofBytes(byte[] message, Choices choices) {
        byte[] changed = message.clone();
        changed[choices.below(changed.length)] ^= (byte) (1 << choices.below(Byte.SIZE));
        return changed;
    }

    /** With a character changed. */
    static String ofText(String message, Choices choices) {
        StringBuilder changed = new StringBuilder(message);
        changed.setCharAt(choices.below(message.length()), (char) ('0' + choices.below(10)));
        return changed.toString();
    }
}
