package dev.lockstep.cache.hotrod;

import dev.lockstep.cache.tls.TlsStores;
import dev.lockstep.cache.wire.WireFormat;
import dev.lockstep.spi.Driver;
import dev.lockstep.spi.SessionCacheProvider;
import dev.lockstep.spi.Settings;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code lockstep.cache=hotrod}. Its settings are those of {@code docs/howto/hotrod.md}. */
public final class HotRodCacheProvider implements SessionCacheProvider {

    private static final Set<String> OWN = Set.of(
            "uri",
            "user",
            "password",
            "mechanism",
            "tls-verify",
            "tls-name",
            "cache",
            "create",
            "intelligence",
            "prefix");

    @Override
    public String name() {
        return "hotrod";
    }

    @Override
    public Set<String> settings() {
        return Stream.concat(OWN.stream(), TlsStores.SETTINGS.stream()).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<Driver> drivers() {
        return List.of(
                new Driver(
                        "org.infinispan.client.hotrod.RemoteCacheManager",
                        "org.infinispan:infinispan-client-hotrod:15.2.6.Final"),
                WireFormat.LIBRARY);
    }

    @Override
    public CacheFactory configure(Settings settings) {
        HotRodSettings read = HotRodSettings.read(settings);
        return context -> HotRodCache.open(read, context);
    }
}
