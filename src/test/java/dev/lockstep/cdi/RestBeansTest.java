package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.SessionCache;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class RestBeansTest {

    /** As on a plain Servlet container, where beans are guarded as well. */
    @Test
    void withoutJakartaRestNothingIsAResource() throws Exception {
        URL lockstep = SessionCache.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader alone = new URLClassLoader(new URL[] {lockstep}, ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> alone.loadClass("jakarta.ws.rs.ForbiddenException"))
                    .isInstanceOf(ClassNotFoundException.class);
            Method contain = alone.loadClass(RestBeans.class.getName()).getDeclaredMethod("contain", Class.class);
            contain.setAccessible(true);

            assertThat(contain.invoke(null, String.class)).isEqualTo(false);
        }
    }
}
