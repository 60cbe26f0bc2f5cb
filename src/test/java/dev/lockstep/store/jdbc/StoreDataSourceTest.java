package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LockstepException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreDataSourceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:unknown:shop;PASSWORD=xyzzy",
                "jdbc:unknown:shop;PASSWORD=a blank and xyzzy",
                "jdbc:unknown://db/shop?password=xyzzy",
                "jdbc:unknown://shop:xyzzy@db/shop",
                "jdbc:postgresql:///shop?password=xyzzy&port=xyzzy",
                "postgresql://shop:xyzzy@db/shop"
            })
    void aUrlThatCannotBeUsedIsToldWithoutItsPassword(String url) {
        assertThatThrownBy(() -> StoreDataSource.pooled(url, "shop", "plugh", 4).close())
                .isInstanceOf(LockstepException.class)
                .hasMessageStartingWith("LOCKSTEP-0191 ")
                .satisfies(thrown -> assertThat(stackTrace(thrown)).doesNotContain("xyzzy", "plugh"));
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
