package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeListener;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NodeListenersTest {

    static List<Method> events() {
        return Arrays.stream(NodeListener.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && method.getReturnType() == void.class)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventIsPassedOnToAllWithWhatIsTold(Method event) throws Exception {
        List<Object> told = new ArrayList<>();
        NodeListener recording = (NodeListener) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {NodeListener.class}, (proxy, method, arguments) -> {
                    told.add(List.of(method.getName(), arguments == null ? List.of() : List.of(arguments)));
                    return null;
                });
        Object[] arguments = argumentsOf(event);

        event.invoke(new NodeListeners(List.of(recording, recording)), arguments);

        List<Object> once = List.of(event.getName(), List.of(arguments));
        assertThat(told).containsExactly(once, once);
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventMayBeIgnored(Method event) {
        assertThat(event.isDefault()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("events")
    void whatAListenerThrowsKeepsNothingFromTheOthersOrFromTheNodeAndIsLoggedOnceAMinute(Method event)
            throws Exception {
        RecordedNodeEvents others = new RecordedNodeEvents();
        NodeListener failing = (NodeListener) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {NodeListener.class}, (proxy, method, arguments) -> {
                    throw new StackOverflowError("thrown by a test");
                });
        NodeListeners listeners = new NodeListeners(List.of(failing, others.listener()));

        try (CapturedLog log = new CapturedLog(NodeListeners.class.getName())) {
            event.invoke(listeners, argumentsOf(event));
            event.invoke(listeners, argumentsOf(event));

            assertThat(log.messages()).singleElement().asString().startsWith("LOCKSTEP-0517 ");
        }
        assertThat(others.of(event.getName())).hasSize(2);
    }

    /** Each, as one may note that it was asked; one that fails asks for nothing. */
    @Test
    void sessionsAreCountedWhereAnyListenerAsksForIt() {
        List<String> asked = new ArrayList<>();
        NodeListeners silent = new NodeListeners(List.of(asking(asked, () -> false), asking(asked, () -> {
            throw new StackOverflowError("thrown by a test");
        })));
        NodeListeners curious = new NodeListeners(List.of(asking(asked, () -> true), asking(asked, () -> false)));

        assertThat(silent.countsSessions()).isFalse();
        assertThat(curious.countsSessions()).isTrue();
        assertThat(asked).hasSize(4);
    }

    private static NodeListener asking(List<String> asked, BooleanSupplier answer) {
        return new NodeListener() {
            @Override
            public boolean countsSessions() {
                asked.add("asked");
                return answer.getAsBoolean();
            }
        };
    }

    @Test
    void theDeploymentsOwnListenersAreToldWhereTheApplicationHasNone() {
        RecordedNodeEvents own = new RecordedNodeEvents();
        NodeListeners.of(List.of(own.listener()), List.of()).pushed(1);

        assertThat(own.take()).containsExactly("pushed 1");
    }

    /** Two of one type differ. */
    private static Object[] argumentsOf(Method event) {
        Object[] arguments = new Object[event.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argumentOf(event.getParameterTypes()[i], i);
        }
        return arguments;
    }

    private static Object argumentOf(Class<?> type, int number) {
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        } else if (type == boolean.class) {
            return number % 2 == 0;
        } else if (type == int.class) {
            return number;
        } else if (type == long.class) {
            return (long) number;
        } else if (type == Duration.class) {
            return Duration.ofSeconds(number);
        } else if (type == LogPosition.class) {
            return new LogPosition(1, number);
        } else if (type == String.class) {
            return "text " + number;
        } else {
            return new IllegalStateException("told by a test");
        }
    }
}
