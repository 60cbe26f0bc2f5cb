package dev.lockstep.cache.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Certificates and keys are read from whatever form they are in, and what can't be used is told.
 */
class TlsSettingsTest {

    private static final String OPENS_IT = "correct horse";

    @TempDir
    private static Path folder;

    private static TlsFiles files;
    private static Path encrypted;
    private static Path together;

    enum Form {
        PKCS12,
        PEM,
        PEM_TOGETHER,
        PEM_ENCRYPTED;

        Map<String, String> key() {
            return switch (this) {
                case PKCS12 -> Map.of("tls.key", files.keyStore() + "", "tls.key-password", TlsFiles.PASSWORD);
                case PEM -> Map.of("tls.key", files.key() + "", "tls.certificate", files.certificate() + "");
                case PEM_TOGETHER -> Map.of("tls.key", together + "");
                case PEM_ENCRYPTED ->
                    Map.of(
                            "tls.key",
                            encrypted + "",
                            "tls.key-password",
                            OPENS_IT,
                            "tls.certificate",
                            files.certificate() + "");
            };
        }
    }

    @BeforeAll
    static void makeFiles() throws Exception {
        files = TlsFiles.create();
        String key = Files.readString(files.key());
        together = Files.writeString(
                folder.resolve("together.pem"), "Our key\n" + key + "\n" + Files.readString(files.certificate()));
        byte[] plain = PemText.in(key).orElseThrow().blocks().get(0).content();
        encrypted = write("encrypted.pem", "ENCRYPTED PRIVATE KEY", encrypt(plain));
    }

    /** Two ends, each of which shows a certificate and asks for the other's. */
    @ParameterizedTest
    @EnumSource
    void aKeyInAnyFormIsShownAndTrusted(Form form) throws Exception {
        TlsSettings server = read(with(form.key(), "tls.trust", files.certificate() + ""));
        TlsSettings client = read(
                with(with(form.key(), "tls.trust", files.keyStore() + ""), "tls.trust-password", TlsFiles.PASSWORD));

        assertThat(speak(server, client)).isEqualTo('!');
    }

    @ParameterizedTest
    @EnumSource
    void whoIsNotTrustedIsNotSpokenTo(Form form) throws Exception {
        TlsSettings server =
                read(with(form.key(), "tls.trust", TlsFiles.create().certificate() + ""));
        TlsSettings client = read(with(form.key(), "tls.trust", files.certificate() + ""));

        assertThatThrownBy(() -> speak(server, client)).isInstanceOf(IOException.class);
    }

    @Test
    void withoutSettingsTheJvmsCertificatesAreTrustedAndNoneIsShown() throws Exception {
        TlsSettings none = read(Map.of());

        assertThat(none.keyManagers()).isNull();
        assertThat(none.trustManagers()).isNull();
        assertThat(none.context()).isNotNull();
    }

    @Test
    void whatCannotBeReadIsToldUnderTheKeyThatNamesIt() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "nothing of the kind");
        for (String key : List.of("tls.trust", "tls.key")) {
            for (String file : List.of(text + "", text + "-absent", files.keyStore() + "")) {
                assertThat(problems(Map.of(key, file)))
                        .as(key + "=" + file)
                        .singleElement()
                        .asString()
                        .startsWith(key + "=" + file);
            }
        }
        assertThat(problems(Map.of("tls.key", files.keyStore() + "", "tls.key-password", "guess")))
                .singleElement()
                .asString()
                .startsWith("tls.key=")
                .doesNotContain("guess");
        assertThat(problems(with(Form.PEM_ENCRYPTED.key(), "tls.key-password", "guess")))
                .singleElement()
                .asString()
                .startsWith("tls.key=")
                .doesNotContain("guess");
    }

    /** It would be trusted and shown to nobody, or fail when it is needed. */
    @Test
    void aKeyNeedsItsCertificateAndACertificateAKey() throws Exception {
        assertThat(problems(Map.of("tls.key", files.key() + "")))
                .singleElement()
                .asString()
                .startsWith("tls.key=")
                .contains("no certificate in");
        assertThat(problems(Map.of("tls.key", files.certificate() + "")))
                .singleElement()
                .asString()
                .startsWith("tls.key=")
                .contains("no PRIVATE KEY in it");
        assertThat(problems(Map.of("tls.trust", files.key() + "")))
                .singleElement()
                .asString()
                .startsWith("tls.trust=")
                .contains("no certificate in it");
    }

    @Test
    void aKeyInAFormThatIsNotReadSaysWhatToDo() throws Exception {
        Path old = write("old.pem", "EC PRIVATE KEY", new byte[] {1});

        assertThat(problems(Map.of("tls.key", old + "", "tls.certificate", files.certificate() + "")))
                .singleElement()
                .asString()
                .contains("openssl pkcs8 -topk8");
    }

    @Test
    void whatNothingLooksAtIsTold() {
        assertThat(problems(Map.of("tls.key-password", "x")))
                .containsExactly("tls.key-password=x: nothing without tls.key");
        assertThat(problems(Map.of("tls.certificate", "x")))
                .containsExactly("tls.certificate=x: nothing without tls.key");
        assertThat(problems(Map.of("tls.trust-password", "x")))
                .containsExactly("tls.trust-password=x: nothing without tls.trust");
        assertThat(problems(with(Form.PKCS12.key(), "tls.certificate", files.certificate() + "")))
                .singleElement()
                .asString()
                .startsWith("tls.certificate=");
    }

    @Test
    void noPasswordIsInTheTextOfWhatWasRead() {
        assertThat(read(Form.PKCS12.key())).asString().doesNotContain(TlsFiles.PASSWORD);
    }

    private static TlsSettings read(Map<String, String> values) {
        MapSettings settings = new MapSettings(values);
        TlsSettings read = TlsSettings.read(settings);
        assertThat(settings.problems()).isEmpty();
        return read;
    }

    private static List<String> problems(Map<String, String> values) {
        MapSettings settings = new MapSettings(values);
        TlsSettings.read(settings);
        return settings.problems();
    }

    private static Map<String, String> with(Map<String, String> settings, String key, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(key, value);
        return more;
    }

    /** What the client hears of a server that asks who it is. */
    private static int speak(TlsSettings server, TlsSettings client) throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (SSLServerSocket listening =
                (SSLServerSocket) server.context().getServerSocketFactory().createServerSocket(0, 1, here)) {
            listening.setNeedClientAuth(true);
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> {
                try (var socket = listening.accept()) {
                    socket.getOutputStream().write('!');
                    socket.getOutputStream().flush();
                } catch (IOException e) {
                    throw new CompletionException(e);
                }
            });
            try (SSLSocket socket =
                    (SSLSocket) client.context().getSocketFactory().createSocket(here, listening.getLocalPort())) {
                int heard = socket.getInputStream().read();
                answered.join();
                return heard;
            }
        }
    }

    private static byte[] encrypt(byte[] plain) throws Exception {
        String algorithm = "PBEWithHmacSHA256AndAES_256";
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(OPENS_IT.toCharArray())));
        // RFC 8018, as OpenSSL writes it
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
        parameters.init(cipher.getParameters().getEncoded());
        return new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(plain)).getEncoded();
    }

    private static Path write(String name, String label, byte[] content) throws Exception {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content);
        return Files.writeString(
                folder.resolve(name), "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    }
}
