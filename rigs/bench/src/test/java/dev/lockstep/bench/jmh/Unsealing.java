package dev.lockstep.bench.jmh;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.wire.CopyCodec;
import dev.lockstep.contract.ContractSeals;
import dev.lockstep.spi.CopySeal;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** What it costs to get a copy out of its bytes, with a seal and without. */
public class Unsealing extends Call {

    private static final String APPLICATION = "/bench";

    @Param("ours")
    String way;

    private final CopyCodec codec = new CopyCodec();
    private CopySeal seal;
    private AesGcm aesGcm;
    private TokenDigest digest;
    private byte[] plain;
    private byte[] sealed;

    @Setup
    public void prepare() throws Exception {
        digest = new TokenDigest(1, 2, 3, 4);
        long now = System.currentTimeMillis();
        Session session = Session.ofMillis(
                "A".repeat(22), "user-1@example.com", Set.of("user", "admin"), Map.of(), now, now, now + 1, 1);
        SessionCopy copy = new SessionCopy(digest, session, 5, 6);
        seal = ContractSeals.of(APPLICATION);
        plain = Objects.requireNonNull(codec.encode(copy));
        sealed = Objects.requireNonNull(seal.seal(copy));
        aesGcm = new AesGcm(APPLICATION, sealed);
    }

    @Override
    @Nullable
    Object once() throws Exception {
        return switch (way) {
            case "decoding" -> codec.decode(plain, digest);
            case "floor" -> codec.decode(aesGcm.open(digest, sealed), digest);
            default -> seal.open(digest, sealed);
        };
    }
}
