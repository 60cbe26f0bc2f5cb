package dev.lockstep.it.security;

import dev.lockstep.TokenRefused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what observers are told. */
@ApplicationScoped
public class Refusals {

    private final List<String> told = new CopyOnWriteArrayList<>();

    void note(@Observes TokenRefused event) {
        told.add(event.reason() + " " + event.path());
    }

    List<String> told() {
        return told;
    }
}
