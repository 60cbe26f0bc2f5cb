package dev.lockstep.it.redeploy;

import java.lang.ref.WeakReference;
import java.util.stream.Collectors;

/**
 * What an application that was undeployed has left behind in this JVM. Once its class loader is
 * gone, nothing of it is there any more: a thread, or a timer wherever it is kept, that ran its
 * code would hold on to it.
 */
final class LeftBehind {

    static final String NOTHING = "nothing";

    /**
     * The system property under which an application leaves a weak reference to its class loader.
     */
    static final String LOADER = "lockstep.it.loader";

    private LeftBehind() {}

    static String look() {
        System.gc();
        Object loader = ((WeakReference<?>) System.getProperties().get(LOADER)).get();
        return loader == null ? NOTHING : "its class loader, and the threads " + threadsOf(loader);
    }

    private static String threadsOf(Object loader) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> loader.equals(thread.getContextClassLoader()))
                .map(Thread::getName)
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
