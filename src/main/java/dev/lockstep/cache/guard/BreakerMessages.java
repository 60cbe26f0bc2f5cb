package dev.lockstep.cache.guard;

/**
 * What a breaker says of its cache. Immutable.
 *
 * @param begun before the last failure
 * @param over when it is over
 * @param context for operators, behind either
 */
record BreakerMessages(String begun, String over, String context) {

    static BreakerMessages reading(String cache, String application) {
        return new BreakerMessages(
                "LOCKSTEP-0301 The cache " + cache + " fails, and is left alone until it answers a probe, made every"
                        + " second. Until then the store answers. Check the cache; the last failure: ",
                "LOCKSTEP-0302 The cache " + cache + " answers again.",
                context(cache, application));
    }

    static BreakerMessages writing(String cache, String application) {
        return new BreakerMessages(
                "LOCKSTEP-0327 The cache " + cache + " can't be written, and is only read until it takes a probe, made"
                        + " every second. Check whether it is full or read-only, or lacks rights; the last failure: ",
                "LOCKSTEP-0328 The cache " + cache + " is written again.",
                context(cache, application));
    }

    private static String context(String cache, String application) {
        return " application=" + application + " cache=" + cache;
    }
}
