package dev.lockstep.contract;

import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.wire.CopyCodec;
import dev.lockstep.spi.CopySeal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Copies as the release before there were seals kept them, and as anybody can make them who knows
 * the format.
 */
public final class FormerRelease implements CopySeal {

    private final CopyCodec codec = new CopyCodec();

    @Override
    public byte @Nullable [] seal(SessionCopy copy) {
        return codec.encode(copy);
    }

    @Override
    public @Nullable SessionCopy open(TokenDigest digest, byte[] bytes, int offset) {
        return codec.decode(Arrays.copyOfRange(bytes, offset, bytes.length), digest);
    }
}
