package dev.lockstep.demo;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Stands in for a real user directory: three users, each with the own name as password. */
@ApplicationScoped
public class Users {

    /** A user who gave the right password. */
    public record User(String name, Set<String> groups) {}

    private static final Map<String, Set<String>> GROUPS =
            Map.of("alice", Set.of("user"), "bob", Set.of("user"), "root", Set.of("user", "admin"));

    /** The user whom these credentials name, or empty if they are wrong. */
    public Optional<User> authenticate(LoginRequest credentials) {
        return GROUPS.entrySet().stream()
                .filter(user -> new LoginRequest(user.getKey(), user.getKey()).equals(credentials))
                .map(user -> new User(user.getKey(), user.getValue()))
                .findFirst();
    }
}
