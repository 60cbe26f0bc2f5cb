package dev.lockstep.cache.redis;

import dev.lockstep.cache.tls.TlsSettings;
import dev.lockstep.cache.wire.CacheKeys;
import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import dev.lockstep.spi.Values;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How to reach Redis. Immutable, but for the URIs, which nobody changes after reading.
 *
 * @param uris one, or for a cluster some of its nodes
 * @param cluster whether they are nodes of a cluster
 * @param prefix what the keys of all applications begin with
 * @param tls whom to trust, and how to show who we are
 */
record RedisSettings(List<RedisURI> uris, boolean cluster, String prefix, TlsSettings tls) {

    /** Instead of a URI that can't be read: by TLS, so that no problem follows from that. */
    private static final String UNREADABLE = "rediss://127.0.0.1";

    private static final String URI_FORMS =
            "redis://HOST:PORT, rediss://HOST:PORT, or redis-sentinel://HOST:PORT,HOST:PORT#MASTER;"
                    + " with lockstep.redis.cluster several redis:// or rediss:// separated by commas";

    static final Setting<String> URI = Setting.of(
            "uri",
            Values.text(
                    "`redis://HOST:PORT/DATABASE`; `rediss://…` for TLS; `redis-sentinel://HOST:PORT,HOST:PORT#MASTER`"),
            "redis://127.0.0.1:6379",
            "where the server is");

    static final Setting<Boolean> CLUSTER = Setting.of(
            "cluster",
            Values.flag(),
            "false",
            "`true`: `uri` names some nodes of a cluster, as several URIs separated by commas");

    static final Setting<Optional<String>> USER = Setting.optional("user", Values.text("a name"), "who we are");

    static final Setting<Optional<String>> PASSWORD = Setting.optional(
            "password",
            Values.text("a text"),
            "what the server asks for; rather here than in the URI, which tools print, and from a secret's file or the"
                    + " environment");

    static final Setting<Optional<String>> SENTINEL_PASSWORD =
            Setting.optional("sentinel-password", Values.text("a text"), "if the sentinels ask for one");

    static final List<Setting<?>> SETTINGS = Setting.all(
            List.of(URI, CLUSTER, USER, PASSWORD, SENTINEL_PASSWORD, CacheKeys.NAMESPACE),
            TlsSettings.SETTINGS,
            List.of(TlsSettings.HOSTNAME_VERIFICATION));

    static RedisSettings read(Settings settings) {
        boolean cluster = settings.get(CLUSTER);
        List<RedisURI> uris = uris(settings, cluster);
        uris.forEach(uri -> complete(uri, settings));
        if (uris.stream().noneMatch(RedisURI::isSsl)) {
            TlsSettings.refuse(settings, "a URI that begins with rediss://");
        }
        return new RedisSettings(uris, cluster, settings.get(CacheKeys.NAMESPACE), TlsSettings.read(settings));
    }

    private static List<RedisURI> uris(Settings settings, boolean cluster) {
        String text = settings.get(URI);
        try {
            Stream<String> each = cluster ? Stream.of(text.split(",")).map(String::trim) : Stream.of(text);
            List<RedisURI> uris = each.map(RedisURI::create).toList();
            if (cluster && uris.stream().anyMatch(uri -> !uri.getSentinels().isEmpty())) {
                settings.problem(URI, "redis-sentinel://…", URI_FORMS);
            }
            return uris;
        } catch (IllegalArgumentException e) {
            // it may hold a password
            settings.problem(URI, "what Lettuce does not take for a Redis URI", URI_FORMS);
            return List.of(RedisURI.create(UNREADABLE));
        }
    }

    private static void complete(RedisURI uri, Settings settings) {
        Optional<String> user = settings.get(USER);
        settings.get(PASSWORD).ifPresent(password -> authenticate(uri, user, password));
        settings.get(SENTINEL_PASSWORD)
                .ifPresent(password ->
                        uri.getSentinels().forEach(sentinel -> authenticate(sentinel, Optional.empty(), password)));
        SslVerifyMode verify = settings.get(TlsSettings.HOSTNAME_VERIFICATION) ? SslVerifyMode.FULL : SslVerifyMode.CA;
        Stream.concat(Stream.of(uri), uri.getSentinels().stream()).forEach(each -> each.setVerifyPeer(verify));
    }

    private static void authenticate(RedisURI uri, Optional<String> user, String password) {
        user.ifPresentOrElse(
                name -> uri.setAuthentication(name, password.toCharArray()),
                () -> uri.setAuthentication(password.toCharArray()));
    }
}
