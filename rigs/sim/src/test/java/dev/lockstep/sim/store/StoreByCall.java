package dev.lockstep.sim.store;

import dev.lockstep.contract.StoreScenario;
import dev.lockstep.sim.engine.Choices;
import dev.lockstep.sim.engine.EventTrace;
import dev.lockstep.sim.engine.MachineClock;
import dev.lockstep.sim.engine.Points;
import dev.lockstep.sim.engine.SimulatedProcess;
import dev.lockstep.sim.engine.Simulation;
import dev.lockstep.spi.KeyRingStore;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.SessionStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The simulated database for tests that know nothing of simulations: each call is one of its own.
 */
final class StoreByCall implements StoreScenario.Database {

    private static final Object ONE_AT_A_TIME = new Object();

    private final Map<String, OneApplication> applications = new HashMap<>();

    @Override
    public SessionStore open(String application) {
        return applications.computeIfAbsent(application, OneApplication::new).open();
    }

    @Override
    public void elapse(String application, Duration duration) {
        applications.get(application).server.jump(duration);
    }

    private static final class OneApplication {

        private final Simulation simulation = new Simulation(new EventTrace(false), Points.QUIET);
        private final SimulatedServer server;
        private final SimulatedProcess process = new SimulatedProcess("test");

        OneApplication(String name) {
            server = new SimulatedServer(simulation, new Choices(name.hashCode()), true);
        }

        SessionStore open() {
            NodeStore store = new NodeStore(
                    simulation,
                    server,
                    new MachineClock(simulation, 1, 0),
                    Duration.ofSeconds(5),
                    operation -> new Fate(Fate.Kind.ANSWERED, 1_000, 1_000),
                    new NodeStore.Limits(1_000, 1_000));
            return (SessionStore) Proxy.newProxyInstance(
                    StoreByCall.class.getClassLoader(),
                    new Class<?>[] {SessionStore.class, RevocationLog.class, KeyRingStore.class},
                    (proxy, method, arguments) -> call(store, method, arguments));
        }

        private @Nullable Object call(NodeStore store, Method method, Object @Nullable [] arguments) throws Throwable {
            synchronized (ONE_AT_A_TIME) {
                Outcome outcome = new Outcome();
                simulation.in(1_000_000, process, () -> {
                    outcome.take(store, method, arguments);
                    simulation.end();
                });
                simulation.run();
                return outcome.result();
            }
        }
    }

    private static final class Outcome {

        private @Nullable Object value;
        private @Nullable Throwable failure;

        void take(NodeStore store, Method method, Object @Nullable [] arguments) {
            try {
                value = method.invoke(store, arguments);
            } catch (InvocationTargetException e) {
                failure = e.getCause();
            } catch (IllegalAccessException e) {
                failure = e;
            }
        }

        @Nullable
        Object result() throws Throwable {
            if (failure != null) {
                throw failure;
            }
            return value;
        }
    }
}
