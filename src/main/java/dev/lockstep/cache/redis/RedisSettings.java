package dev.lockstep.cache.redis;

import dev.lockstep.cache.wire.CacheKeys;
import dev.lockstep.spi.Settings;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import java.io.File;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How to reach Redis. Immutable, but for the URIs, which nobody changes after reading.
 *
 * @param uris one, or for a cluster some of its nodes
 * @param cluster whether they are nodes of a cluster
 * @param prefix what the keys of all applications begin with
 * @param tls whom to trust, and how to show who we are
 */
record RedisSettings(List<RedisURI> uris, boolean cluster, String prefix, SslOptions tls) {

    private static final String DEFAULT_URI = "redis://127.0.0.1:6379";
    private static final String URI_FORMS =
            "redis://HOST:PORT, rediss://HOST:PORT, or redis-sentinel://HOST:PORT,HOST:PORT#MASTER;"
                    + " with lockstep.redis.cluster several redis:// or rediss:// separated by commas";

    static RedisSettings read(Settings settings) {
        boolean cluster = settings.flag("cluster", false);
        List<RedisURI> uris = uris(settings, cluster);
        uris.forEach(uri -> complete(uri, settings));
        return new RedisSettings(
                uris, cluster, settings.text("prefix").orElse(CacheKeys.DEFAULT_NAMESPACE), tls(settings));
    }

    private static List<RedisURI> uris(Settings settings, boolean cluster) {
        String text = settings.text("uri").orElse(DEFAULT_URI);
        try {
            Stream<String> each = cluster ? Stream.of(text.split(",")).map(String::trim) : Stream.of(text);
            List<RedisURI> uris = each.map(RedisURI::create).toList();
            if (cluster && uris.stream().anyMatch(uri -> !uri.getSentinels().isEmpty())) {
                settings.problem("uri", "redis-sentinel://…", URI_FORMS);
            }
            return uris;
        } catch (IllegalArgumentException e) {
            settings.problem("uri", "what Lettuce does not take for a Redis URI", URI_FORMS); // it may hold a password
            return List.of(RedisURI.create(DEFAULT_URI));
        }
    }

    private static void complete(RedisURI uri, Settings settings) {
        Optional<String> user = settings.text("user");
        settings.text("password").ifPresent(password -> authenticate(uri, user, password));
        settings.text("sentinel-password")
                .ifPresent(password ->
                        uri.getSentinels().forEach(sentinel -> authenticate(sentinel, Optional.empty(), password)));
        String verify = settings.choice("tls-verify", "full", Set.of("full", "ca", "none"));
        Stream.concat(Stream.of(uri), uri.getSentinels().stream()).forEach(each -> verify(each, verify));
    }

    private static void authenticate(RedisURI uri, Optional<String> user, String password) {
        user.ifPresentOrElse(
                name -> uri.setAuthentication(name, password.toCharArray()),
                () -> uri.setAuthentication(password.toCharArray()));
    }

    private static void verify(RedisURI uri, String mode) {
        uri.setVerifyPeer(
                switch (mode) {
                    case "ca" -> SslVerifyMode.CA;
                    case "none" -> SslVerifyMode.NONE;
                    default -> SslVerifyMode.FULL;
                });
    }

    private static SslOptions tls(Settings settings) {
        SslOptions.Builder tls = SslOptions.builder().jdkSslProvider();
        file(settings, "tls-ca").ifPresent(tls::trustManager);
        Optional<File> certificate = file(settings, "tls-certificate");
        Optional<File> key = file(settings, "tls-key");
        if (certificate.isPresent() != key.isPresent()) {
            settings.problem("tls-key", key.map(File::getPath).orElse(""), "both tls-certificate and tls-key, or none");
        }
        certificate.ifPresent(file -> key.ifPresent(secret -> tls.keyManager(file, secret, new char[0])));
        return tls.build();
    }

    private static Optional<File> file(Settings settings, String name) {
        Optional<File> file = settings.text(name).map(File::new);
        file.filter(each -> !each.canRead())
                .ifPresent(each -> settings.problem(name, each.getPath(), "a PEM file that can be read"));
        return file;
    }
}
