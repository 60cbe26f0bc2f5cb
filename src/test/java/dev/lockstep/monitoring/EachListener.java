package dev.lockstep.monitoring;

import dev.lockstep.spi.NodeListener;
import java.lang.reflect.Proxy;
import java.util.List;

/** Several listeners as one. What one throws, whoever told it gets. */
final class EachListener {

    private EachListener() {}

    /** @param listeners told in this order; where one says yes, so do all */
    static NodeListener of(List<NodeListener> listeners) {
        Class<?>[] type = {NodeListener.class};
        return (NodeListener) Proxy.newProxyInstance(type[0].getClassLoader(), type, (proxy, method, arguments) -> {
            Object all = null;
            for (NodeListener listener : listeners) {
                Object answer = method.invoke(listener, arguments);
                all = Boolean.TRUE.equals(all) ? all : answer;
            }
            return all;
        });
    }
}
