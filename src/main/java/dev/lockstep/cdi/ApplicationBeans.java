package dev.lockstep.cdi;

import dev.lockstep.CacheName;
import dev.lockstep.SessionCache;
import dev.lockstep.spi.KeyRingStore;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.SessionStore;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.Bean;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the application itself brings, noted while its beans are discovered. Confined to the
 * container's thread.
 */
final class ApplicationBeans {

    private final Map<String, List<Bean<?>>> namedCaches = new TreeMap<>();
    private final List<String> cachesWithoutName = new ArrayList<>();
    private final Set<String> injectedCaches = new TreeSet<>();
    private final List<Bean<?>> stores = new ArrayList<>();
    private final List<Bean<?>> listeners = new ArrayList<>();
    private boolean defaultCache;
    private @Nullable Class<?> any;

    void note(Bean<?> bean) {
        if (any == null && bean.getBeanClass().getClassLoader() == ApplicationBeans.class.getClassLoader()) {
            any = bean.getBeanClass();
        }
        if (bean.getTypes().contains(SessionCache.class)) {
            noteCache(bean);
        }
        if (bean.getTypes().contains(SessionStore.class) && bean.getQualifiers().contains(Default.Literal.INSTANCE)) {
            stores.add(bean);
        }
        if (bean.getTypes().contains(NodeListener.class)) {
            listeners.add(bean);
        }
    }

    void noteInjection(Set<Annotation> qualifiers) {
        injectedCaches.addAll(names(qualifiers));
    }

    /** The names of the application's own caches. */
    Set<String> namedCaches() {
        return namedCaches.keySet();
    }

    /** The application's own caches of a name: more than one with alternatives. */
    List<Bean<?>> caches(String name) {
        return List.copyOf(namedCaches.getOrDefault(name, List.of()));
    }

    /** The classes of the application's own caches that nobody can name. */
    List<String> cachesWithoutName() {
        return List.copyOf(cachesWithoutName);
    }

    /** The names of caches that the application injects; the caller's to change. */
    Set<String> injectedCaches() {
        return new TreeSet<>(injectedCaches);
    }

    /** The class of some bean of the application's own; empty where it has none. */
    Optional<Class<?>> any() {
        return Optional.ofNullable(any);
    }

    boolean hasStore() {
        return !stores.isEmpty();
    }

    /** Whether the store that is used keeps the application's key: ours does. */
    boolean storeKeepsKey() {
        return stores.isEmpty()
                || stores.stream().anyMatch(store -> store.getTypes().contains(KeyRingStore.class));
    }

    /** The application's own stores: more than one with alternatives. */
    List<Bean<?>> stores() {
        return List.copyOf(stores);
    }

    /** The application's own listeners of the node. */
    List<Bean<?>> listeners() {
        return List.copyOf(listeners);
    }

    boolean hasDefaultCache() {
        return defaultCache;
    }

    private void noteCache(Bean<?> bean) {
        String type = bean.getBeanClass().getName();
        Set<String> names = names(bean.getQualifiers());
        names.forEach(name ->
                namedCaches.computeIfAbsent(name, key -> new ArrayList<>()).add(bean));
        if (bean.getQualifiers().contains(Default.Literal.INSTANCE)) {
            defaultCache = true;
            if (names.isEmpty()) {
                cachesWithoutName.add(type);
            }
        }
    }

    private static Set<String> names(Set<Annotation> qualifiers) {
        Set<String> names = new TreeSet<>();
        for (Annotation qualifier : qualifiers) {
            if (qualifier instanceof CacheName name) {
                names.add(name.value());
            }
        }
        return names;
    }
}
