package dev.lockstep.demo;

/** What a client sends to log in. */
public record LoginRequest(String username, String password) {}
