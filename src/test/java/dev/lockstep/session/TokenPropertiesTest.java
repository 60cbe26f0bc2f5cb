package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCookie;
import dev.lockstep.SessionCookie.SameSite;
import dev.lockstep.SessionToken;
import dev.lockstep.TokenRefused;
import dev.lockstep.TokenRefused.Reason;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.key.KeyPurpose;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/** Tokens as they are issued, altered and made up, beside a plain reading of their form. */
class TokenPropertiesTest {

    private static final Pattern FORM =
            Pattern.compile("(?:[A-Za-z][A-Za-z0-9]{0,15}_)?[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");
    private static final int TAG = 12;

    private static final ApplicationKey KEY = old("/shop");
    private static final ApplicationKey FOREIGN = old("/other");

    private final TokenVerifier verifier = new TokenVerifier(KEY);

    @Property(tries = 1_000)
    void whatIsIssuedHasTheFormAndIsOurs(@ForAll("prefixes") String prefix) {
        SessionToken token = new TokenGenerator(prefix, KEY).newToken();

        assertThat(token.value()).startsWith(prefix).matches(FORM);
        assertThat(verifier.mayBeOurs(token)).isTrue();
        assertThat(verifier.isForged(token)).isFalse();
        assertThat(verifier.mayBeOurs(SessionToken.within("Bearer " + token.value() + " ", 7, 7 + token.length())))
                .isTrue();
    }

    @Property(tries = 300)
    void itFitsIntoACookieAndIsLeftOutOfPaths(@ForAll("prefixes") String prefix) {
        SessionToken token = new TokenGenerator(prefix, KEY).newToken();
        String path = "/api/" + token.value() + "/x";

        assertThat(new SessionCookie("__Host-session", SameSite.LAX).set(token)).contains(token.value());
        assertThat(SessionToken.mayBeIn(path)).isTrue();
        assertThat(new TokenRefused(Reason.MISSING, path).path()).isEqualTo("/api/…/x");
    }

    @Property(tries = 300)
    void itsTagIsTheBeginningOfAnHmacOfAllBeforeIt(@ForAll("prefixes") String prefix) {
        String token = new TokenGenerator(prefix, KEY).newToken().value();
        String beginning = prefix.isEmpty() ? "" : prefix + "_";
        byte[] bytes = Base64.getUrlDecoder().decode(token.substring(beginning.length()));

        Mac mac = KEY.all(KeyPurpose.TOKEN).get(0).mac();
        mac.update(beginning.getBytes(StandardCharsets.US_ASCII));
        mac.update(bytes, 0, bytes.length - TAG);

        assertThat(Arrays.copyOfRange(bytes, bytes.length - TAG, bytes.length))
                .isEqualTo(Arrays.copyOf(mac.doFinal(), TAG));
    }

    @Property(tries = 3_000)
    void whatIsAlteredIsNot(
            @ForAll("prefixes") String prefix, @ForAll @IntRange(max = 59) int at, @ForAll("characters") char other) {
        StringBuilder altered =
                new StringBuilder(new TokenGenerator(prefix, KEY).newToken().value());
        int index = at % altered.length();
        boolean same = altered.charAt(index) == other;
        altered.setCharAt(index, other);

        assertThat(verifier.mayBeOurs(SessionToken.of(altered.toString()))).isEqualTo(same);
    }

    @Property(tries = 500)
    void norWhatAnotherPrefixIsPutBefore(@ForAll("prefixes") String prefix, @ForAll("prefixes") String other) {
        String token = new TokenGenerator(prefix, KEY).newToken().value();
        String body = token.substring(token.length() - 43);

        SessionToken moved = SessionToken.of(TokenFormat.beginning(other) + body);

        assertThat(verifier.mayBeOurs(moved)).isEqualTo(prefix.equals(other));
        assertThat(verifier.isForged(moved)).isEqualTo(!prefix.equals(other));
    }

    @Property(tries = 200)
    void norWhatAnotherKeyHasTagged(@ForAll("prefixes") String prefix) {
        SessionToken token = new TokenGenerator(prefix, FOREIGN).newToken();

        assertThat(verifier.mayBeOurs(token)).isFalse();
        assertThat(verifier.isForged(token)).isTrue();
    }

    @Property(tries = 10_000)
    void norWhatIsMadeUp(@ForAll("madeUp") String text) {
        SessionToken token = SessionToken.of(text);
        boolean hasForm = FORM.matcher(text).matches();

        assertThat(verifier.mayBeOurs(token)).isFalse();
        if (hasForm) {
            assertThat(verifier.isForged(token)).isTrue();
        }
        Statistics.label("form")
                .collect(hasForm)
                .coverage(each -> each.check(true).percentage(share -> share > 0.3));
    }

    @Property(tries = 5_000)
    void nothingMakesItThrow(@ForAll String text) {
        assertThat(verifier.mayBeOurs(SessionToken.of(text))).isFalse();
    }

    @Property(tries = 2_000)
    void bytesAreReadAsTheyAreWritten(@ForAll byte[] some) {
        byte[] bytes = Arrays.copyOf(some, TokenFormat.BYTES);
        byte[] text = Base64.getUrlEncoder().withoutPadding().encode(bytes);
        byte[] read = new byte[TokenFormat.BYTES];

        assertThat(TokenFormat.decode(text, 0, read, 0)).isTrue();
        assertThat(read).isEqualTo(bytes);
    }

    @Provide
    Arbitrary<String> prefixes() {
        Arbitrary<String> letter = Arbitraries.strings().alpha().ofLength(1);
        Arbitrary<String> rest = Arbitraries.strings().alpha().numeric().ofMaxLength(15);
        return Arbitraries.oneOf(Arbitraries.of("", "lks"), letter.flatMap(first -> rest.map(more -> first + more)));
    }

    @Provide
    Arbitrary<Character> characters() {
        return Arbitraries.oneOf(
                Arbitraries.chars().range('!', '~'), Arbitraries.chars().range('\u0080', '\u00ff'));
    }

    @Provide
    Arbitrary<String> madeUp() {
        Arbitrary<String> body = Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("-_")
                .ofMinLength(42)
                .ofMaxLength(44);
        Arbitrary<String> before = Arbitraries.oneOf(
                Arbitraries.of("", "lks_", "_", "lks", "9_", "lks-", "shop_"),
                Arbitraries.strings().alpha().withChars("_ 9").ofMaxLength(18));
        return before.flatMap(prefix -> body.map(rest -> prefix + rest));
    }

    /** Of an application whose tokens all have tags by now. */
    private static ApplicationKey old(String application) {
        NaiveStore store = new NaiveStore();
        long version = store.keyRing(Keyed.KEEP).inForce().number();
        HandClock clock = new HandClock();
        ApplicationKey key = Keyed.kept(application, store, clock);
        key.start();
        store.advance(Duration.ofDays(2));
        key.polled(version, store.now(), clock.nanoTime(), clock.wallMillis());
        return key;
    }
}
