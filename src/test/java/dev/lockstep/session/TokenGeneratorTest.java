package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenGeneratorTest {

    private final TokenGenerator tokens = Keyed.tokens("test");

    @Test
    void aSessionIdIsMadeOf128BitsAndOfOthersEachTime() {
        String id = tokens.newSessionId();

        assertThat(id).matches("[A-Za-z0-9_-]{22}");
        assertThat(tokens.newSessionId()).isNotEqualTo(id);
    }
}
