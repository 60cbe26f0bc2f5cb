package dev.lockstep.web.path;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a",
                "/a/",
                "/a/b.c",
                "/a.",
                "/.a",
                "/...",
                "/a%20b",
                "/%C3%A9",
                "/a/..b/c",
                "/a:b@c",
                "/~",
                "/%7e",
                "/é"
            })
    void onePlainReading(String path) {
        assertThat(PlainPath.isPlain(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a;b", "/a;", "/a;b=c/d", "/a/;b", "/a/b;jsessionid=0/", "/a;b;c", "/;x"})
    void oneReadingWithoutParameters(String path) {
        assertThat(PlainPath.isPlain(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//",
                "//a",
                "/a//b",
                "/a//",
                "/.",
                "/..",
                "/./a",
                "/a/./b",
                "/a/../b",
                "/a/..",
                "/a/.",
                "/a/..;/b",
                "/a/..;x=y",
                "/a/.;/b",
                "/a/;/b",
                "/;x/b",
                "/a\\b",
                "/a/%2e%2e/b",
                "/a/%2E",
                "/.%2e/",
                "/%2fa",
                "/a%2Fb",
                "/a%5cb",
                "/a%5C",
                "/a%00",
                "/a\0",
                "/a%0d",
                "/a\n",
                "/%3b",
                "/%3B",
                "/a%",
                "/a%2",
                "/a%zz",
                "/a%2520b",
                "/a%u002e",
                "/%7f",
                "..",
                ".",
                "/a;%2f",
                "/a\ufffd"
            })
    void severalReadings(String path) {
        assertThat(PlainPath.isPlain(path)).isFalse();
    }
}
