package dev.lockstep.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionToken;
import dev.lockstep.contract.ContractSeals;
import dev.lockstep.contract.HandClock;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.key.KeyPurpose;
import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;

/** A token, beside its form as a regular expression and its tag by the JDK alone. */
public final class TokenTarget {

    private static final Pattern FORM =
            Pattern.compile("((?:[A-Za-z][A-Za-z0-9]{0,15}_)?)([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])");

    /** As {@link #FORM}, but for the alphabet of what follows the prefix. */
    private static final Pattern LIKENESS = Pattern.compile("(?:[A-Za-z][A-Za-z0-9]{0,15}_)?.{43}", Pattern.DOTALL);

    private static final int RANDOM_BYTES = 20;
    private static final ApplicationKey KEY = key();
    private static final TokenVerifier VERIFIER = new TokenVerifier(KEY);

    private TokenTarget() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        String text = new String(bytes, ISO_8859_1);
        SessionToken token = SessionToken.of(text);
        boolean tagged = isTagged(text);
        assertThat(VERIFIER.mayBeOurs(token)).as(text).isEqualTo(tagged);
        assertThat(VERIFIER.isForged(token))
                .as(text)
                .isEqualTo(!tagged && LIKENESS.matcher(text).matches());
    }

    private static boolean isTagged(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return false;
        }
        byte[] body = Base64.getUrlDecoder().decode(form.group(2));
        Mac mac = KEY.all(KeyPurpose.TOKEN).get(0).mac();
        mac.update(form.group(1).getBytes(ISO_8859_1));
        mac.update(body, 0, RANDOM_BYTES);
        byte[] tag = Arrays.copyOf(mac.doFinal(), body.length - RANDOM_BYTES);
        return Arrays.equals(tag, Arrays.copyOfRange(body, RANDOM_BYTES, body.length));
    }

    /** One that is configured, on a node that has run for longer than any session lives. */
    private static ApplicationKey key() {
        HandClock clock = new HandClock();
        byte[] secret = new byte[KeyVersion.SHORTEST_SECRET];
        KeyRing ring = new KeyRing(List.of(new KeyVersion(ContractSeals.VERSION, secret, Instant.EPOCH)));
        ApplicationKey key = ApplicationKey.configured("/shop", ring, Duration.ofHours(12), clock);
        clock.advance(Duration.ofDays(30));
        return key;
    }
}
