package dev.lockstep.cache.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.lockstep.spi.Settings;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust, and how to show who we are: stores in PKCS #12 or JKS; the certificates to trust also in PEM. They are read
 * once, so that a deployment with a wrong file or password does not start.
 *
 * <p>Immutable, as far as key stores are that nobody changes.
 *
 * @param keys our key and certificate
 * @param password of the key in it
 * @param trusted whom to trust; where it is empty, whom the JVM trusts
 */
public record TlsStores(Optional<KeyStore> keys, Optional<String> password, Optional<KeyStore> trusted) {

    private static final String KEY_STORE = "tls-key-store";
    private static final String KEY_STORE_PASSWORD = "tls-key-store-password";
    private static final String TRUST_STORE = "tls-trust-store";
    private static final String TRUST_STORE_PASSWORD = "tls-trust-store-password";

    /** The names of the settings. */
    public static final Set<String> SETTINGS = Set.of(KEY_STORE, KEY_STORE_PASSWORD, TRUST_STORE, TRUST_STORE_PASSWORD);

    private static final int BEGINNING = 64;

    /** Reads the stores that are set, and reports those that can't be read. */
    public static TlsStores read(Settings settings) {
        Optional<String> password = settings.text(KEY_STORE_PASSWORD);
        return new TlsStores(
                settings.text(KEY_STORE).flatMap(file -> load(settings, KEY_STORE, file, password)),
                password,
                settings.text(TRUST_STORE)
                        .flatMap(file -> load(settings, TRUST_STORE, file, settings.text(TRUST_STORE_PASSWORD))));
    }

    /** Never with the password. */
    @Override
    public String toString() {
        return "keys " + keys.isPresent() + ", trusted " + trusted.isPresent();
    }

    /** A context for both ends of a connection. */
    public SSLContext context() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                keys.isPresent() ? managers(keys.get()).getKeyManagers() : null,
                trusted.isPresent() ? trust(trusted.get()).getTrustManagers() : null,
                null);
        return context;
    }

    private KeyManagerFactory managers(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, secret(password));
        return factory;
    }

    private static TrustManagerFactory trust(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    private static Optional<KeyStore> load(Settings settings, String name, String file, Optional<String> password) {
        try (InputStream in = new BufferedInputStream(new FileInputStream(file))) {
            KeyStore store = isPem(in) ? pem(in) : KeyStore.getInstance(new File(file), secret(password));
            if (!hasCertificate(store)) {
                throw new KeyStoreException("no certificate in it, or none that can be read without a password");
            }
            return Optional.of(store);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            settings.problem(
                    name,
                    file + " (" + e.getMessage() + ")",
                    "a PKCS #12 or JKS file that " + name + "-password opens; to trust, also one in PEM");
            return Optional.empty();
        }
    }

    private static boolean hasCertificate(KeyStore store) throws KeyStoreException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.getCertificate(alias) != null) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPem(InputStream in) throws IOException {
        in.mark(BEGINNING);
        String beginning = new String(in.readNBytes(BEGINNING), ISO_8859_1);
        in.reset();
        return beginning.contains("-----BEGIN");
    }

    private static KeyStore pem(InputStream in) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
            store.setCertificateEntry("trusted-" + store.size(), each);
        }
        return store;
    }

    private static char @Nullable [] secret(Optional<String> password) {
        return password.map(String::toCharArray).orElse(null);
    }
}
