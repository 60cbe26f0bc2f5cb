package dev.lockstep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lockstep.SessionCookie.SameSite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCookieTest {

    private final SessionCookie cookie = new SessionCookie("__Host-session", SameSite.LAX);

    @Test
    void setsATokenAndClearsIt() {
        assertThat(cookie.set(SessionToken.of("abc-_123=")))
                .isEqualTo("__Host-session=abc-_123=; Path=/; Secure; HttpOnly; SameSite=Lax");
        assertThat(new SessionCookie("__Host-x", SameSite.STRICT).clear())
                .isEqualTo("__Host-x=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict");
    }

    /** Else whoever chose the "token" could add attributes and headers. */
    @ParameterizedTest
    @ValueSource(strings = {"", "a;b", "a b", "a\r\nb", "a,b", "\"a\"", "a\u00e4", "a; Domain=example"})
    void setsNothingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cookie.set(SessionToken.of(text)))
                .withMessageStartingWith("LOCKSTEP-0412 ")
                .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"session", "__Host-", "__host-session", "__Secure-x", "__Host-a b", "__Host-a=b", "__Host-a;"})
    void takesNoOtherName(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SessionCookie(name, SameSite.LAX));
    }
}
