package dev.lockstep.demo;

/** What a client sends to log in. */
public record Credentials(String username, String password) {}
