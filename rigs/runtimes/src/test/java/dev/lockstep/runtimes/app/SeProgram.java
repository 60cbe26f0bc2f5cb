package dev.lockstep.runtimes.app;

import dev.lockstep.Session;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.cdi.LockstepExtension;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Java SE: reads lines of a verb and an argument, and answers each by a line. */
public final class SeProgram {

    private final SessionManager sessions;
    private final UserGroups groups;

    private SeProgram(SessionManager sessions, UserGroups groups) {
        this.sessions = sessions;
        this.groups = groups;
    }

    /** Ends with its input. */
    public static void main(String[] arguments) throws IOException {
        try (SeContainer container = SeContainerInitializer.newInstance()
                        .disableDiscovery()
                        .addExtensions(LockstepExtension.class)
                        .addBeanClasses(UserGroups.class)
                        .initialize();
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            SeProgram program = new SeProgram(
                    container.select(SessionManager.class).get(),
                    container.select(UserGroups.class).get());
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                System.out.println(program.answer(words[0], words[1]));
            }
        }
    }

    private String answer(String verb, String argument) {
        return switch (verb) {
            case "open" -> sessions.open(argument, groups.ofEverybody()).token().value();
            case "find" ->
                sessions.find(SessionToken.of(argument)).map(Session::principal).orElse("nobody");
            case "rotate" ->
                sessions.rotate(SessionToken.of(argument)).orElseThrow().token().value();
            case "list" -> "" + sessions.list(argument).size();
            case "revoke" -> revoked(SessionToken.of(argument));
            default -> throw new IllegalArgumentException(verb);
        };
    }

    private String revoked(SessionToken token) {
        sessions.revoke(token);
        return "revoked";
    }
}
