package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.spi.NodeListener;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NodeListenersTest {

    private final List<String> told = new ArrayList<>();

    static List<Method> events() {
        return Arrays.stream(NodeListener.class.getMethods())
                .filter(Method::isDefault)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventIsPassedOn(Method event) throws Exception {
        NodeListeners listeners = new NodeListeners(List.of(recording(), recording()));

        event.invoke(listeners, argumentsOf(event));

        assertThat(told).containsExactly(event.getName(), event.getName());
    }

    @Test
    void aListenerThatFailsKeepsNothingFromTheOthersOrFromTheNode() {
        NodeListener failing = new NodeListener() {
            @Override
            public void leaseLost() {
                throw new IllegalStateException("thrown by a test");
            }
        };

        new NodeListeners(List.of(failing, recording())).leaseLost();

        assertThat(told).containsExactly("leaseLost");
    }

    private NodeListener recording() {
        return (NodeListener) java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {NodeListener.class}, (proxy, method, arguments) -> {
                    told.add(method.getName());
                    return null;
                });
    }

    private static Object[] argumentsOf(Method event) {
        return Arrays.stream(event.getParameterTypes())
                .map(type -> type == int.class ? (Object) 1 : type == boolean.class ? (Object) true : null)
                .toArray();
    }
}
