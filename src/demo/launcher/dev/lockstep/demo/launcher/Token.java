package dev.lockstep.demo.launcher;

/**
 * A bearer token that a node gave out. Never printed, but for its number.
 *
 * @param number tells it from the others
 * @param value the secret
 */
record Token(int number, String value) {

    @Override
    public String toString() {
        return "<token " + number + ">";
    }
}
