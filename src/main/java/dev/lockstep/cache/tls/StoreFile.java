package dev.lockstep.cache.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file with keys or certificates: PEM, or a store in PKCS #12 or JKS. Immutable.
 *
 * @param path where it is
 * @param pem what is in it, if it is PEM
 */
record StoreFile(Path path, Optional<PemText> pem) {

    /** Reads it. */
    static StoreFile of(String file) throws IOException {
        Path path = Path.of(file);
        return new StoreFile(path, PemText.in(new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1)));
    }

    boolean isPem() {
        return pem.isPresent();
    }

    /** The certificates that are to be trusted. */
    KeyStore trusted(Optional<String> password) throws IOException, GeneralSecurityException {
        if (pem.isPresent()) {
            KeyStore store = empty();
            for (Certificate each : pem.get().certificates()) {
                store.setCertificateEntry("trusted-" + store.size(), each);
            }
            return require(store, store.size() > 0, "no certificate in it");
        }
        KeyStore store = load(password);
        return require(
                store, hasCertificate(store), "no certificate in it, or none that can be read without a password");
    }

    /** A store that holds a key already. */
    KeyStore keys(Optional<String> password) throws IOException, GeneralSecurityException {
        KeyStore store = load(password);
        return require(store, hasKey(store, password), "no key with a certificate in it, or none that can be read");
    }

    /** A store of this key in PEM and the certificates of a file. */
    KeyStore keys(StoreFile certificates, Optional<String> password) throws IOException, GeneralSecurityException {
        List<Certificate> chain =
                certificates.pem.isPresent() ? certificates.pem.get().certificates() : List.of();
        if (chain.isEmpty()) {
            throw new KeyStoreException("no certificate in " + certificates.path);
        }
        KeyStore store = empty();
        store.setKeyEntry(
                "key", pem.orElseThrow().privateKey(password), secret(password), chain.toArray(Certificate[]::new));
        return store;
    }

    static char @Nullable [] secret(Optional<String> password) {
        return password.map(String::toCharArray).orElse(null);
    }

    private KeyStore load(Optional<String> password) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(path.toFile(), secret(password));
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static boolean hasCertificate(KeyStore store) throws KeyStoreException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.getCertificate(alias) != null) {
                return true;
            }
        }
        return false;
    }

    /** One that the password opens: whether an entry is a key can be told without it. */
    private static boolean hasKey(KeyStore store, Optional<String> password) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.getKey(alias, secret(password)) != null && store.getCertificateChain(alias) != null) {
                return true;
            }
        }
        return false;
    }

    private static KeyStore require(KeyStore store, boolean condition, String otherwise) throws KeyStoreException {
        if (!condition) {
            throw new KeyStoreException(otherwise);
        }
        return store;
    }
}
