package dev.lockstep.cdi;

import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Threads of the container's factory that have nothing of the request for which they are made. As
 * safe for several threads as the factory.
 *
 * <p>A server takes the context down through providers that it finds by the context class loader,
 * {@link SessionContextProvider} among them. Payara keeps what it found last in an object that
 * outlives applications, and with it the application. So it is asked with its own class loader, and
 * the thread gets the caller's back.
 *
 * @param factory the container's
 */
record ContainerThreads(ThreadFactory factory) implements ThreadFactory {

    @Override
    public Thread newThread(Runnable task) {
        ClassLoader callers = Thread.currentThread().getContextClassLoader();
        use(factory.getClass().getClassLoader());
        try {
            return factory.newThread(() -> {
                use(callers);
                task.run();
            });
        } finally {
            use(callers);
        }
    }

    private static void use(@Nullable ClassLoader loader) {
        Thread.currentThread().setContextClassLoader(loader);
    }
}
