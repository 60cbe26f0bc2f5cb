package dev.lockstep.config;

/** A part of a setting's value that cannot be used, and what could be. Told to people by {@link Problems}. */
final class UnusableValue extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String found;
    private final String accepted;

    UnusableValue(String found, String accepted) {
        super("\"" + found + "\" can't be used; accepted: " + accepted);
        this.found = found;
        this.accepted = accepted;
    }

    String found() {
        return found;
    }

    String accepted() {
        return accepted;
    }
}
