package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionToken;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/**
 * Compares the parser with the grammar of RFC 6750 and RFC 9110 written as a regular expression.
 */
class CredentialsFuzzTest {

    private static final Pattern GRAMMAR =
            Pattern.compile("[ \t]*((?i:Bearer)(?![^ \t]))? *(.*?)[ \t]*", Pattern.DOTALL);

    @Property(tries = 10_000)
    void readsAsTheGrammarSays(@ForAll("headers") String header) {
        Credentials expected = oracle(header);
        assertThat(Credentials.parse(header)).isEqualTo(expected);
        Statistics.label("credentials")
                .collect(expected instanceof Credentials.Bearer ? "token" : expected)
                .coverage(each -> {
                    each.check("token").percentage(share -> share > 5);
                    each.check(Credentials.Unusable.NONE).percentage(share -> share > 5);
                    each.check(Credentials.Unusable.INVALID_REQUEST).percentage(share -> share > 1);
                });
    }

    @Property(tries = 2_000)
    void neverThrows(@ForAll String header) {
        assertThat(Credentials.parse(header)).isEqualTo(oracle(header));
    }

    private static Credentials oracle(String header) {
        Matcher matcher = GRAMMAR.matcher(header);
        assertThat(matcher.matches()).isTrue();
        String token = matcher.group(2);
        if (matcher.group(1) == null) {
            return Credentials.Unusable.NONE;
        } else if (token.isEmpty()) {
            return Credentials.Unusable.INVALID_REQUEST;
        }
        return new Credentials.Bearer(SessionToken.of(token));
    }

    @Provide
    Arbitrary<String> headers() {
        Arbitrary<String> blank = Arbitraries.strings().withChars(" \t").ofMaxLength(3);
        Arbitrary<String> scheme = Arbitraries.of("Bearer", "bearer", "BEARER", "Beare", "BearerX", "Basic", "");
        Arbitrary<String> separator = Arbitraries.of(" ", "  ", "\t", "", " \t", ",");
        Arbitrary<String> token = Arbitraries.oneOf(
                Arbitraries.strings().withChars("aZ09-._~+/=").ofMaxLength(12),
                Arbitraries.strings().withChars("aZ09-._~+/= \t,:\"\0é€[`{@").ofMaxLength(12),
                Arbitraries.integers().between(4090, 4100).map("x"::repeat));
        return Combinators.combine(blank, scheme, separator, token, blank).as((a, b, c, d, e) -> a + b + c + d + e);
    }
}
