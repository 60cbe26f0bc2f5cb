package dev.lockstep.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db/shop, jdbc:postgresql://db/shop",
        "jdbc:postgresql://db:5432/shop?user=shop&password=xyzzy&ssl=true, jdbc:postgresql://db:5432/shop?…",
        "jdbc:postgresql://shop:xyzzy@db/shop, jdbc:postgresql://…@db/shop",
        "jdbc:h2:mem:shop;PASSWORD=xyzzy, jdbc:h2:mem:shop;…",
        "jdbc:h2:file:/var/shop;CIPHER=AES, jdbc:h2:file:/var/shop;…",
        "jdbc:oracle:thin:shop/xyzzy@//db/shop, jdbc:oracle:…@//db/shop",
        "redis://:xyzzy@cache:6379/1, redis://…@cache:6379/1",
        "hotrod://shop:xyzzy@cache:11222, hotrod://…@cache:11222"
    })
    void anAddressIsShownWithoutParametersAndWithoutItsUser(String url, String shown) {
        assertThat(Redaction.url(url)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://shop:xy?zzy@db/shop",
                "jdbc:postgresql://shop:xy;zzy@db/shop",
                "jdbc:postgresql://db/shop?password=xy@zzy",
                "jdbc:postgresql://shop:xy@zzy@db/shop?a=b",
                "jdbc:postgresql://shop:xy/zzy@db/shop",
                "redis://:xy'zzy@cache",
                "redis://:xy@a:1,redis://:zzy@b:2",
                "rediss://shop:xy,zzy@a:1,rediss://shop:xyzzy@b:2/1",
                "redis-sentinel://xy#zzy@a:1,b:2#master",
                "redis-socket:///var/run/redis?password=xyzzy",
                "REDIS://:xyzzy@a:1",
                "hotrods://shop:xy\"zzy@a:1,b:2",
                "hot-rod://shop:xyzzy@a:1",
                "https://shop:xyzzy@repository/file"
            })
    void passwordsThatLookLikePartsOfAUrlAreNotShownEither(String url) {
        assertThat(Redaction.url(url)).doesNotContain("xy").doesNotContain("zzy");
        assertThat(Redaction.text("can't use " + url + " here"))
                .doesNotContain("xy")
                .doesNotContain("zzy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Driver does not take jdbc:h2:mem:x;USER=sa;PASSWORD=xyzzy",
                "Unsupported setting in \"jdbc:postgresql://db/x?password=xyzzy\"",
                "properties {user=sa, password=xyzzy}",
                "properties {user=sa, sslpassword=xyzzy}",
                "Pwd = 'xyzzy'",
                "<SSL_KEY_EXCHANGE keystore_password=\"xyzzy\" keystore_name=\"keys\"/>",
                "<AUTH auth_value='xyzzy'/>",
                "{\"password\": \"xyzzy\"}",
                "{client_secret: xyzzy}",
                "trustStorePassword=xyzzy",
                "auth_password=ab,xyzzy",
                "auth_password=ab\"xyzzy",
                "auth_password=ab'xyzzy",
                "auth_password=ab)xyzzy",
                "password=\"ab xyzzy",
                "password='ab xyzzy",
                "password='ab; xyzzy\nxyzzy",
                "password=\"ab\\\"c xyzzy\" and more",
                "password='ab''c xyzzy' and more",
                "password=\"ab\"xyzzy",
                "password=\"ab\\",
                "ERR unknown command 'HELLO', with args beginning with: '3' 'AUTH' 'default' 'xyzzy' "
            })
    void aTextIsShownWithoutPasswords(String text) {
        assertThat(Redaction.text(text)).doesNotContain("xyzzy").isNotEmpty();
    }

    @Test
    void whatHoldsNoAddressIsShownAsItIs() {
        String text = "ERROR: permission denied for table lockstep_session: see \"the page\"";

        assertThat(Redaction.text(text)).isEqualTo(text);
    }

    @Test
    void whatFollowsAPasswordInQuotesIsShown() {
        assertThat(Redaction.text("user='shop' password='xy zzy' host='db'"))
                .isEqualTo("user='shop' password=… host='db'");
    }

    @Test
    void aTextMayBeLong() {
        String text = "password=\"" + "\\\"xyzzy".repeat(100_000);

        assertThat(Redaction.text(text)).isEqualTo("password=…");
    }

    @Test
    void aKnownUrlMayHoldBlanks() {
        String url = "jdbc:h2:mem:x;PASSWORD=xy zzy";

        assertThat(Redaction.text("no: " + url + "!", url)).startsWith("no: jdbc:h2:mem:x;…");
    }

    @Test
    void causesAreCopiedWithoutPasswords() {
        SQLException driver = new SQLException("can't use jdbc:h2:mem:x;PASSWORD=xyzzy", "08001", 42);
        RuntimeException pool = new IllegalStateException("no pool", driver);

        Throwable shown = Redaction.cause(pool, "");

        StringWriter trace = new StringWriter();
        shown.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString())
                .doesNotContain("xyzzy")
                .contains("no pool", "IllegalStateException", "causesAreCopied");
    }

    @Test
    void suppressedExceptionsAreCopiedWithoutPasswords() {
        SQLException commit = new SQLException("no commit");
        commit.addSuppressed(new SQLException("no rollback on jdbc:h2:mem:x;PASSWORD=xyzzy", commit));

        Throwable shown = Redaction.cause(new IllegalStateException("no work", commit), "");

        StringWriter trace = new StringWriter();
        shown.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("xyzzy").contains("no work", "no commit", "no rollback");
    }

    @Test
    void causesThatSayNothingSecretStayWhatTheyAre() {
        RuntimeException cause = new IllegalStateException("down", new SQLException("no answer"));

        assertThat(Redaction.cause(cause, "")).isSameAs(cause);
    }
}
