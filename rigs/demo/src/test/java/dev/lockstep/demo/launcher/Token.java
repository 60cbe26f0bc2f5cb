package dev.lockstep.demo.launcher;

/**
 * A bearer token. It is printed by its name only.
 *
 * @param name tells it from the others
 * @param value the secret
 */
record Token(String name, String value) {

    @Override
    public String toString() {
        return "<" + name + ">";
    }
}
