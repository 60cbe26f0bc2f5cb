package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Bearer abc,abc",
                "bearer abc,abc",
                "BEARER abc,abc",
                "bEaReR abc,abc",
                "Bearer     abc,abc",
                "Bearer abc  ,abc",
                "'Bearer abc\t',abc",
                "  Bearer abc,abc",
                "Bearer a,a",
                "Bearer AZaz09-._~+/,AZaz09-._~+/",
                "Bearer abc=,abc=",
                "Bearer abc====,abc===="
            })
    void takesTheToken(String header, String token) {
        assertThat(Credentials.parse(header)).isEqualTo(new Credentials.Bearer(SessionToken.of(token)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\t",
                "B",
                "Beare",
                "Bearerabc",
                "Bearer=abc",
                "Bearer:abc",
                "Basic YTpi",
                "Basic YTpi, Bearer abc",
                "Digest a=b",
                "abc",
                "XBearer abc",
                "Be\u0430rer abc",
                "\"Bearer\" abc",
                "Bearer\u00a0abc",
                "Token abc"
            })
    void seesNoCredentialsInAnotherScheme(String header) {
        assertThat(Credentials.parse(header)).isEqualTo(Credentials.Unusable.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "bearer   ", "Bearer \t ", "Bearer\t", "  Bearer  "})
    void missesTheToken(String header) {
        assertThat(Credentials.parse(header)).isEqualTo(Credentials.Unusable.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer =",
                "Bearer ===",
                "Bearer a=b",
                "Bearer a b",
                "Bearer a,b",
                "Bearer abc, Bearer def",
                "Bearer abc,",
                "Bearer \tabc",
                "Bearer\tabc",
                "Bearer \"abc\"",
                "Bearer a:b",
                "Bearer a%20b",
                "Bearer é",
                "Bearer \u0660",
                "Bearer abc\0",
                "Bearer ab\u007f",
                "Bearer a\rb",
                "Bearer a\nb",
                "Bearer \ud83d\ude00",
                "Bearer a*",
                "Bearer a\\b",
                "Bearer [",
                "Bearer @",
                "Bearer `",
                "Bearer {"
            })
    void leavesItToTheLookUpWhatATokenIs(String header) {
        assertThat(Credentials.parse(header)).isInstanceOf(Credentials.Bearer.class);
    }

    @Test
    void neverShowsTheToken() {
        assertThat(Credentials.parse("Bearer s3cret")).asString().doesNotContain("s3cret");
    }
}
