package dev.lockstep.cdi;

import dev.lockstep.CacheName;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionStore;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.Bean;
import java.lang.annotation.Annotation;
import java.util.Set;
import java.util.TreeSet;

/** What the application itself brings, noted while its beans are discovered. Confined to the container's thread. */
final class ApplicationBeans {

    private final Set<String> namedCaches = new TreeSet<>();
    private final Set<String> injectedCaches = new TreeSet<>();
    private boolean store;
    private boolean defaultCache;

    void note(Bean<?> bean) {
        if (bean.getTypes().contains(SessionCache.class)) {
            noteCache(bean.getQualifiers());
        }
        if (bean.getTypes().contains(SessionStore.class) && bean.getQualifiers().contains(Default.Literal.INSTANCE)) {
            store = true;
        }
    }

    void noteInjection(Set<Annotation> qualifiers) {
        names(qualifiers, injectedCaches);
    }

    /** The names of the application's own caches. */
    Set<String> namedCaches() {
        return namedCaches;
    }

    /** The names of caches that the application injects; the caller's to change. */
    Set<String> injectedCaches() {
        return new TreeSet<>(injectedCaches);
    }

    boolean hasStore() {
        return store;
    }

    boolean hasDefaultCache() {
        return defaultCache;
    }

    private void noteCache(Set<Annotation> qualifiers) {
        names(qualifiers, namedCaches);
        defaultCache |= qualifiers.contains(Default.Literal.INSTANCE);
    }

    private static void names(Set<Annotation> qualifiers, Set<String> into) {
        for (Annotation qualifier : qualifiers) {
            if (qualifier instanceof CacheName name) {
                into.add(name.value());
            }
        }
    }
}
