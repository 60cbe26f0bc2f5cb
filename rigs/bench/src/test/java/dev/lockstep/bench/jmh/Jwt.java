package dev.lockstep.bench.jmh;

import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.openjdk.jmh.annotations.Setup;

/**
 * SmallRye JWT: from a new token's text to the verified claims. RS256 with 2048 bits, the key
 * already read.
 */
public class Jwt extends Call {

    private static final int TOKENS = 200;
    private static final String ISSUER = "https://issuer.example.com";

    private DefaultJWTParser parser;
    private Headers tokens;

    @Setup
    public void open() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        parser = new DefaultJWTParser(new JWTAuthContextInfo((RSAPublicKey) keys.getPublic(), ISSUER));
        List<String> all = new ArrayList<>();
        for (int i = 0; i < TOKENS; i++) {
            all.add(token(keys, 100 + i));
        }
        tokens = new Headers(all);
    }

    @Override
    JsonWebToken once() throws ParseException {
        return parser.parse(tokens.next());
    }

    private static String token(KeyPair keys, int user) throws Exception {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setSubject("user-" + user);
        claims.setStringClaim("upn", "user-" + user + "@example.com");
        claims.setStringListClaim("groups", "user", "admin");
        claims.setGeneratedJwtId();
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(60);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setHeader("typ", "JWT");
        signature.setKey(keys.getPrivate());
        signature.setPayload(claims.toJson());
        return signature.getCompactSerialization();
    }
}
