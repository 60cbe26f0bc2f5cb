package dev.lockstep.bench.jmh;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * A service that verifies tokens by itself: from a new token's text to the verified claims, with
 * a key that is already read.
 */
public class Jwt extends Call {

    @Param("smallrye")
    String library;

    @Param("RS256")
    String algorithm;

    private JwtVerifier verifier;
    private Headers tokens;

    @Setup
    public void open() throws Exception {
        Tokens signed = Tokens.of(algorithm);
        verifier = JwtVerifier.of(library, signed);
        tokens = signed.headers();
    }

    @Override
    Object once() throws Exception {
        return verifier.verify(tokens.next());
    }
}
