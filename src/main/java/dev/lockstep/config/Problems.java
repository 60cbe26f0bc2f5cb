package dev.lockstep.config;

import dev.lockstep.redaction.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that is wrong with a deployment, collected so that it can be reported at once. Confined to
 * one thread.
 */
public final class Problems {

    private final List<String> messages = new ArrayList<>();

    /** Adds a problem; its message begins with its number. */
    public void add(String message) {
        if (!messages.contains(message)) {
            messages.add(message);
        }
    }

    public boolean isEmpty() {
        return messages.isEmpty();
    }

    public List<String> messages() {
        return List.copyOf(messages);
    }

    /** A value that cannot be used; what is a password in it is not shown. */
    void badValue(String property, String found, String accepted, Optional<String> source) {
        add("LOCKSTEP-0001 " + property + " is \"" + Redaction.text(found) + "\"; accepted: " + accepted + "."
                + source.map(name -> " It is set in " + name + ".").orElse(""));
    }
}
