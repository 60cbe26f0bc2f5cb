package dev.lockstep.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.SessionCache;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class KeptConnectionTest {

    /** As on a plain Servlet container. */
    @Test
    void withoutWebSocketsAndJakartaRestAnythingElseCanBeClosed() throws Exception {
        URL lockstep = SessionCache.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader alone = new URLClassLoader(new URL[] {lockstep}, ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> alone.loadClass("jakarta.websocket.Session"))
                    .isInstanceOf(ClassNotFoundException.class);
            AtomicBoolean closed = new AtomicBoolean();
            AutoCloseable connection = () -> closed.set(true);

            Class<?> kind = alone.loadClass(KeptConnection.class.getName());
            Object kept = call(kind.getDeclaredMethod("of", AutoCloseable.class), null, connection);
            Class<?> end = alone.loadClass(KeptConnection.End.class.getName());
            call(kind.getDeclaredMethod("close", end), kept, end.getEnumConstants()[0]);

            assertThat(closed).isTrue();
        }
    }

    private static Object call(Method method, Object target, Object... arguments) throws Exception {
        method.setAccessible(true);
        return method.invoke(target, arguments);
    }
}
