package dev.lockstep.browser;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One demo and one browser for all tests, started by the first and ended after the last. */
@ExtendWith(BrowserTests.Stage.class)
abstract class BrowserTests {

    static RunningDemo demo;
    static Chromium chromium;

    @BeforeAll
    static void enter(Both both) {
        demo = both.demo;
        chromium = both.chromium;
    }

    static Visit visit(Appearance appearance) {
        return new Visit(demo, chromium, appearance);
    }

    /** The browser first: without it there is nothing to wait for. */
    static final class Both implements AutoCloseable {

        final Chromium chromium = Chromium.start();
        final RunningDemo demo;

        Both() throws IOException {
            demo = RunningDemo.start();
        }

        @Override
        public void close() {
            chromium.close();
            demo.close();
        }
    }

    static final class Stage implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Both.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(Both.class))
                    .getOrComputeIfAbsent(Both.class, key -> started(), Both.class);
        }

        private static Both started() {
            try {
                return new Both();
            } catch (IOException e) {
                throw new IllegalStateException("The demo did not start; see demo.log", e);
            }
        }
    }
}
