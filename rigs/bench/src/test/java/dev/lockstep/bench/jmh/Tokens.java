package dev.lockstep.bench.jmh;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.KeyGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/**
 * Signed tokens (JWT) with a user's name and two groups, and the keys that they are signed and
 * verified with: one of 256 bits for HS256, a pair of 2048 for RS256.
 */
record Tokens(String algorithm, Key signing, Key verifying) {

    static final String ISSUER = "https://issuer.example.com";

    private static final int NUMBER = 200;

    static Tokens of(String algorithm) throws GeneralSecurityException {
        if (algorithm.equals("HS256")) {
            Key secret = KeyGenerator.getInstance("HmacSHA256").generateKey();
            return new Tokens(algorithm, secret, secret);
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        return new Tokens(algorithm, keys.getPrivate(), keys.getPublic());
    }

    /** Of as many users. */
    Headers headers() throws JoseException {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < NUMBER; i++) {
            all.add(token(100 + i));
        }
        return new Headers(all);
    }

    private String token(int user) throws JoseException {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setSubject("user-" + user);
        claims.setStringClaim("upn", "user-" + user + "@example.com");
        claims.setStringListClaim("groups", "user", "admin");
        claims.setGeneratedJwtId();
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(60);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setHeader("typ", "JWT");
        signature.setKey(signing);
        signature.setPayload(claims.toJson());
        return signature.getCompactSerialization();
    }
}
