package dev.lockstep.bench.jmh;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import java.security.interfaces.RSAPublicKey;
import java.util.Date;
import java.util.List;
import javax.crypto.SecretKey;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/**
 * A library that verifies a token: signature, issuer and expiry, up to the user's groups in hand.
 * It is used in the quickest of the ways that its documentation shows.
 */
@FunctionalInterface
interface JwtVerifier {

    /** The libraries that know both algorithms. */
    List<String> LIBRARIES = List.of("nimbus", "auth0", "jose4j");

    /** The user's groups. */
    Object verify(String token) throws Exception;

    static JwtVerifier of(String library, Tokens tokens) throws Exception {
        return switch (library) {
            case "smallrye" -> smallrye(tokens);
            case "nimbus" -> nimbus(tokens);
            case "auth0" -> auth0(tokens);
            case "jose4j" -> jose4j(tokens);
            default -> throw new IllegalArgumentException(library);
        };
    }

    /** RS256 alone. */
    private static JwtVerifier smallrye(Tokens tokens) {
        DefaultJWTParser parser =
                new DefaultJWTParser(new JWTAuthContextInfo((RSAPublicKey) tokens.verifying(), Tokens.ISSUER));
        return parser::parse;
    }

    private static JwtVerifier nimbus(Tokens tokens) throws Exception {
        JWSVerifier verifier = tokens.verifying() instanceof RSAPublicKey key
                ? new RSASSAVerifier(key)
                : new MACVerifier((SecretKey) tokens.verifying());
        return text -> {
            SignedJWT token = SignedJWT.parse(text);
            require(token.verify(verifier));
            JWTClaimsSet claims = token.getJWTClaimsSet();
            require(Tokens.ISSUER.equals(claims.getIssuer()));
            require(claims.getExpirationTime().after(new Date()));
            return claims.getStringListClaim("groups");
        };
    }

    private static JwtVerifier auth0(Tokens tokens) {
        Algorithm algorithm = tokens.verifying() instanceof RSAPublicKey key
                ? Algorithm.RSA256(key)
                : Algorithm.HMAC256(tokens.verifying().getEncoded());
        JWTVerifier verifier = JWT.require(algorithm).withIssuer(Tokens.ISSUER).build();
        return text -> verifier.verify(text).getClaim("groups").asList(String.class);
    }

    private static JwtVerifier jose4j(Tokens tokens) {
        JwtConsumer consumer = new JwtConsumerBuilder()
                .setVerificationKey(tokens.verifying())
                .setExpectedIssuer(Tokens.ISSUER)
                .setRequireExpirationTime()
                .build();
        return text -> consumer.processToClaims(text).getStringListClaimValue("groups");
    }

    private static void require(boolean valid) {
        if (!valid) {
            throw new IllegalStateException("refused");
        }
    }
}
