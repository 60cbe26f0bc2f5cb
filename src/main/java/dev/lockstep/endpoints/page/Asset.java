package dev.lockstep.endpoints.page;

import dev.lockstep.endpoints.routing.HttpAnswer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that pages load. A browser keeps it and asks each time whether it is still the same, so
 * that a new version of Lockstep never meets an old script. Immutable.
 */
final class Asset {

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "json", "application/json",
            "svg", "image/svg+xml");

    private final String type;
    private final byte[] content;
    private final String tag;

    private Asset(String type, byte[] content) {
        this.type = type;
        this.content = content;
        this.tag = '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest(content)) + '"';
    }

    /** One that lies beside this class. */
    static Asset read(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return new Asset(Objects.requireNonNull(TYPES.get(extension), name), bytes(name));
    }

    /** @param known the header {@code If-None-Match}, empty where there is none */
    HttpAnswer answer(String known) {
        HttpAnswer answer = known.contains(tag)
                ? HttpAnswer.noContent().withStatus(HttpServletResponse.SC_NOT_MODIFIED)
                : HttpAnswer.of(type, content);
        return answer.with("ETag", tag).with("Cache-Control", "no-cache");
    }

    static byte[] bytes(String name) {
        try (@Nullable InputStream in = Asset.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] digest(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
