package dev.lockstep.it.container;

import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Set;
import java.util.function.Function;

/** Opens a session for {@code "open"}, and tells whether any other text is the token of one. */
@Dependent
public class ServerProbe implements Function<String, String> {

    @Override
    public String apply(String question) {
        SessionManager sessions = CDI.current().select(SessionManager.class).get();
        return question.equals("open")
                ? sessions.open("alice", Set.of()).token().value()
                : String.valueOf(sessions.find(SessionToken.of(question)).isPresent());
    }
}
