package dev.lockstep.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.lockstep.process.Jdk;
import dev.lockstep.process.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * A key and a self-signed certificate for 127.0.0.1 and localhost, newly made, in a folder of their
 * own.
 *
 * @param keyStore both, in PKCS #12
 * @param certificate the certificate in PEM, whom to trust
 * @param key the private key in PEM
 */
public record TlsFiles(Path keyStore, Path certificate, Path key) {

    /** Of the key store and the key in it. */
    public static final String PASSWORD = "changeit";

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));

    public static TlsFiles create() throws IOException, GeneralSecurityException, InterruptedException {
        Path folder = Files.createTempDirectory("tls");
        Path keyStore = folder.resolve("keys.p12");
        keytool(keyStore);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return new TlsFiles(
                keyStore,
                write(
                        folder.resolve("certificate.pem"),
                        "CERTIFICATE",
                        keys.getCertificate("it").getEncoded()),
                write(
                        folder.resolve("key.pem"),
                        "PRIVATE KEY",
                        keys.getKey("it", PASSWORD.toCharArray()).getEncoded()));
    }

    private static void keytool(Path keyStore) throws IOException, InterruptedException {
        Program.require(
                PATIENCE,
                List.of(
                        Jdk.program("keytool"),
                        "-genkeypair",
                        "-keystore",
                        keyStore.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "it",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "2"));
    }

    private static Path write(Path file, String kind, byte[] content) throws IOException {
        String text = "-----BEGIN " + kind + "-----\n" + PEM.encodeToString(content) + "\n-----END " + kind + "-----\n";
        return Files.writeString(file, text, US_ASCII);
    }
}
