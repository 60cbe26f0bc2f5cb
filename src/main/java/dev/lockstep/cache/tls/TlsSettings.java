package dev.lockstep.cache.tls;

import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import dev.lockstep.spi.Values;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust, and how to show who we are: the {@code tls} settings of a cache or a channel.
 * Files are read when the deployment is configured, so that one with a wrong file or password
 * does not start.
 *
 * <p>Immutable, as far as key stores are that nobody changes.
 *
 * @param keys our key and its certificates; empty where we show none
 * @param password of the key in it
 * @param trusted whom to trust; where it is empty, whom the JVM trusts
 */
public record TlsSettings(Optional<KeyStore> keys, Optional<String> password, Optional<KeyStore> trusted) {

    private static final Values<String> FILE = Values.text("a file");
    private static final Values<String> PASSWORD = Values.text("a password");

    /** Whom to trust. */
    public static final Setting<Optional<String>> TRUST = Setting.optional(
                    "tls.trust", FILE, "the certificates to trust: PEM, PKCS #12 or JKS")
            .formerly("tls-ca", "tls-trust-store");

    static final Setting<Optional<String>> TRUST_PASSWORD = Setting.optional(
                    "tls.trust-password", PASSWORD, "opens `tls.trust` where that is PKCS #12 or JKS")
            .formerly("tls-trust-store-password");

    /** Our key. */
    public static final Setting<Optional<String>> KEY = Setting.optional(
                    "tls.key",
                    FILE,
                    "our key, where the other side wants to know who we are: PKCS #12 or JKS with its certificates, or"
                            + " PKCS #8 in PEM")
            .formerly("tls-key-store", "tls-key");

    static final Setting<Optional<String>> KEY_PASSWORD = Setting.optional(
                    "tls.key-password", PASSWORD, "opens `tls.key`, and the key in it")
            .formerly("tls-key-store-password");

    static final Setting<Optional<String>> CERTIFICATE = Setting.optional(
                    "tls.certificate",
                    FILE,
                    "the certificates of a key in PEM, our own first; not needed where `tls.key` holds them too")
            .formerly("tls-certificate");

    /** Of a client: whether the certificate of the server must be made out to its name. */
    public static final Setting<Boolean> HOSTNAME_VERIFICATION = Setting.of(
                    "tls.hostname-verification",
                    Values.flag(),
                    "true",
                    "whether the server's certificate must be made out to its name; `false`: that it is trusted is enough")
            .formerly("tls-verify");

    /** The settings of either side. */
    public static final List<Setting<?>> SETTINGS = List.of(TRUST, TRUST_PASSWORD, KEY, KEY_PASSWORD, CERTIFICATE);

    /** Reads the files that are set, and reports those that can't be used. */
    public static TlsSettings read(Settings settings) {
        Optional<String> password = settings.get(KEY_PASSWORD);
        Optional<KeyStore> keys = settings.get(KEY).flatMap(file -> keys(settings, file, password));
        if (settings.get(KEY).isEmpty()) {
            settings.refuse(KEY_PASSWORD, "nothing without " + KEY);
            settings.refuse(CERTIFICATE, "nothing without " + KEY);
        }
        if (settings.get(TRUST).isEmpty()) {
            settings.refuse(TRUST_PASSWORD, "nothing without " + TRUST);
        }
        return new TlsSettings(keys, password, settings.get(TRUST).flatMap(file -> trusted(settings, file)));
    }

    /** Reports each setting of a client's that is set although it speaks no TLS. */
    public static void refuse(Settings settings, String accepted) {
        SETTINGS.forEach(setting -> settings.refuse(setting, "nothing without " + accepted));
        settings.refuse(HOSTNAME_VERIFICATION, "nothing without " + accepted);
    }

    /** Never with the password. */
    @Override
    public String toString() {
        return "keys " + keys.isPresent() + ", trusted " + trusted.isPresent();
    }

    /** A context for both ends of a connection. */
    public SSLContext context() throws GeneralSecurityException {
        KeyManagerFactory ours = keyManagers();
        TrustManagerFactory theirs = trustManagers();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                ours == null ? null : ours.getKeyManagers(), theirs == null ? null : theirs.getTrustManagers(), null);
        return context;
    }

    /** Shows our certificate; null where we have none. */
    public @Nullable KeyManagerFactory keyManagers() throws GeneralSecurityException {
        if (keys.isEmpty()) {
            return null;
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys.get(), StoreFile.secret(password));
        return factory;
    }

    /** Trusts whom we were told to; null for whom the JVM trusts. */
    public @Nullable TrustManagerFactory trustManagers() throws GeneralSecurityException {
        if (trusted.isEmpty()) {
            return null;
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted.get());
        return factory;
    }

    private static Optional<KeyStore> trusted(Settings settings, String file) {
        try {
            return Optional.of(StoreFile.of(file).trusted(settings.get(TRUST_PASSWORD)));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            settings.problem(
                    TRUST,
                    told(file, e),
                    "certificates in PEM, or a PKCS #12 or JKS file that tls.trust-password opens");
            return Optional.empty();
        }
    }

    private static Optional<KeyStore> keys(Settings settings, String file, Optional<String> password) {
        try {
            StoreFile key = StoreFile.of(file);
            return Optional.of(key.isPem() ? pem(settings, key, password) : keyStore(settings, key, password));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            settings.problem(
                    KEY,
                    told(file, e),
                    "a PKCS #12 or JKS file with a key, or PKCS #8 in PEM; tls.key-password opens it, and"
                            + " tls.certificate goes with PEM");
            return Optional.empty();
        }
    }

    private static KeyStore pem(Settings settings, StoreFile key, Optional<String> password)
            throws IOException, GeneralSecurityException {
        Optional<String> certificate = settings.get(CERTIFICATE);
        return key.keys(certificate.isEmpty() ? key : StoreFile.of(certificate.get()), password);
    }

    private static KeyStore keyStore(Settings settings, StoreFile key, Optional<String> password)
            throws IOException, GeneralSecurityException {
        settings.refuse(CERTIFICATE, "nothing with a key that is not in PEM: the store holds its certificates");
        return key.keys(password);
    }

    private static String told(String file, Exception e) {
        return file + " (" + (e instanceof NoSuchFileException ? "no such file" : e.getMessage()) + ")";
    }
}
