package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lockstep.spi.SessionStore;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.PassivationCapable;
import jakarta.enterprise.inject.spi.ProcessBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What containers do that others don't. */
class ServerSpecificsTest {

    /** GlassFish closes it before it tells CDI that a failed deployment ends. */
    @Test
    void endsWhereTheClassLoaderLoadsNothingMore() throws Exception {
        Closable war = new Closable();

        assertThatCode(() -> shutDown(war)).doesNotThrowAnyException();
    }

    /** Tomcat sees to it, and complains; others keep the driver, and with it the application. */
    @Test
    void theJvmForgetsTheDriversOfTheApplication() throws Exception {
        Closable war = new Closable();
        Class<?> driver = war.loadClass(RegisteredDriver.class.getName());
        Method isRegistered = driver.getMethod("isRegistered");
        assertThat(isRegistered.invoke(null)).isEqualTo(true);

        shutDown(war);

        assertThat(isRegistered.invoke(null)).isEqualTo(false);
    }

    /** Others in this JVM use them. */
    @Test
    void theJvmKeepsItsOwnDrivers() throws Exception {
        assertThat(RegisteredDriver.isRegistered()).isTrue();

        new LockstepExtension().shutDown(null);

        assertThat(RegisteredDriver.isRegistered()).isTrue();
    }

    /** OpenWebBeans tells of our beans as of any other. */
    @Test
    void ourStoreIsNotTakenForTheApplications() {
        LockstepExtension extension = new LockstepExtension();
        extension.noteBean(storeOf("0#dev.lockstep.bean.store"));
        assertThat(extension.applicationHasStore()).isFalse();

        extension.noteBean(storeOf("0#shop.Store"));
        assertThat(extension.applicationHasStore()).isTrue();
    }

    /** Else the deployment and the server would wait for each other. */
    @Test
    void onOpenLibertyNothingThatTheStartWaitsForIsDoneByManagedThreads() {
        assertThat(Container.beginsLate("com.ibm.ws.concurrent.internal.ManagedThreadFactoryService"))
                .isTrue();
        assertThat(Container.beginsLate("org.glassfish.concurro.ManagedThreadFactoryImpl"))
                .isFalse();
    }

    /** Ends an application that has just begun, when its class loader has been closed. */
    private static void shutDown(Closable war) throws ReflectiveOperationException {
        Class<?> type = war.loadClass(LockstepExtension.class.getName());
        Object extension = inContextOf(war, type);
        Method shutDown = type.getDeclaredMethod("shutDown", BeforeShutdown.class);
        shutDown.setAccessible(true);
        war.closed = true;
        shutDown.invoke(extension, (Object) null);
    }

    private static Object inContextOf(ClassLoader war, Class<?> type) throws ReflectiveOperationException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(war);
        try {
            return type.getConstructor().newInstance();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static ProcessBean<?> storeOf(String identifier) {
        return proxy(
                ProcessBean.class,
                (proxy, method, arguments) -> proxy(
                        jakarta.enterprise.inject.spi.Bean.class, (bean, asked, none) -> switch (asked.getName()) {
                            case "getBeanClass" -> ServerSpecificsTest.class;
                            case "getId" -> identifier;
                            case "getTypes" -> Set.of(SessionStore.class);
                            case "getQualifiers" -> Set.of(jakarta.enterprise.inject.Default.Literal.INSTANCE);
                            default -> throw new UnsupportedOperationException(asked.getName());
                        }));
    }

    private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(
                ServerSpecificsTest.class.getClassLoader(), new Class<?>[] {type, PassivationCapable.class}, handler));
    }

    /** Has our classes for itself until it is closed. */
    private static final class Closable extends ClassLoader {

        private volatile boolean closed;

        Closable() {
            super(LockstepExtension.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.lockstep.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            return known == null ? defined(name) : known;
        }

        private Class<?> defined(String name) throws ClassNotFoundException {
            if (closed) {
                throw new ClassNotFoundException(name);
            }
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] code = in.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
