package dev.lockstep.session;

import dev.lockstep.TokenDigest;

/** Keeps everything until it is told to drop it. */
final class ForgettingCache extends HoardingCache {

    @Override
    public void invalidate(TokenDigest digest) {
        copies.remove(digest);
    }
}
