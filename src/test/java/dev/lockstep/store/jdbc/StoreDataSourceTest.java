package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LockstepException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    /** As a server's applications do: the JVM has looked for drivers before. */
    @Test
    void aDriverThatOnlyTheApplicationHasIsFound(@TempDir Path application) throws Exception {
        assertFound(application, DriverOfApplication.class.getName());
    }

    /** Of another database, say, whose classes were left out of the application. */
    @Test
    void aDriverThatCannotBeLoadedKeepsNobodyFromTheNext(@TempDir Path application) throws Exception {
        assertFound(application, "shop.NoSuchDriver", DriverOfApplication.class.getName());
    }

    private static void assertFound(Path application, String... drivers) throws Exception {
        Path services = Files.createDirectories(application.resolve("META-INF/services"));
        Files.write(services.resolve("java.sql.Driver"), List.of(drivers));
        DriverManager.getDrivers();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader war =
                new URLClassLoader(new URL[] {application.toUri().toURL()}, before)) {
            thread.setContextClassLoader(war);
            StoreDataSource.pooled("jdbc:application:shop", null, null, 4).close();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
