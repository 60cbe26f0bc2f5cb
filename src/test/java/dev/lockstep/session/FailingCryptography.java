package dev.lockstep.session;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Mac;
import javax.crypto.MacSpi;

/** SHA-256 and HMAC of the JDK, which fail while told to: as if an Error came in their midst. */
public final class FailingCryptography extends Provider implements AutoCloseable {

    private static volatile boolean fails;

    /** In force for what is made from now on, until it is closed. */
    FailingCryptography() {
        super("failing", "1", "");
        put("MessageDigest.SHA-256", Sha256.class.getName());
        put("Mac.HmacSHA256", HmacSha256.class.getName());
        Security.insertProviderAt(this, 1);
    }

    void fail() {
        fails = true;
    }

    void recover() {
        fails = false;
    }

    @Override
    public void close() {
        recover();
        Security.removeProvider(getName());
    }

    private static void failIfTold() {
        if (fails) {
            throw new IllegalStateException("a failure of a test");
        }
    }

    public static final class Sha256 extends MessageDigestSpi {

        private final MessageDigest real;

        public Sha256() throws NoSuchAlgorithmException, NoSuchProviderException {
            real = MessageDigest.getInstance("SHA-256", "SUN");
        }

        @Override
        protected void engineUpdate(byte input) {
            real.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            real.update(input, offset, length);
        }

        @Override
        protected byte[] engineDigest() {
            failIfTold();
            return real.digest();
        }

        @Override
        protected void engineReset() {
            real.reset();
        }
    }

    public static final class HmacSha256 extends MacSpi {

        private final Mac real;

        public HmacSha256() throws NoSuchAlgorithmException, NoSuchProviderException {
            real = Mac.getInstance("HmacSHA256", "SunJCE");
        }

        @Override
        protected int engineGetMacLength() {
            return real.getMacLength();
        }

        @Override
        protected void engineInit(Key key, AlgorithmParameterSpec parameters)
                throws InvalidKeyException, InvalidAlgorithmParameterException {
            real.init(key, parameters);
        }

        @Override
        protected void engineUpdate(byte input) {
            real.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            real.update(input, offset, length);
        }

        @Override
        protected byte[] engineDoFinal() {
            failIfTold();
            return real.doFinal();
        }

        @Override
        protected void engineReset() {
            real.reset();
        }
    }
}
