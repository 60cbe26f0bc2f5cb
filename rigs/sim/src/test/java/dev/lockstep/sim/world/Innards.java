package dev.lockstep.sim.world;

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.Map;

/** What an object keeps, for what is told by nothing else: whether it grows. */
record Innards(Object object) {

    Innards field(String name) {
        try {
            Field field = object.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return new Innards(field.get(object));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(object.getClass() + " keeps no " + name + " any more", e);
        }
    }

    int size() {
        if (object instanceof Map<?, ?> map) {
            return map.size();
        }
        if (object instanceof Collection<?> collection) {
            return collection.size();
        }
        throw new IllegalStateException(object.getClass() + " has no size");
    }
}
