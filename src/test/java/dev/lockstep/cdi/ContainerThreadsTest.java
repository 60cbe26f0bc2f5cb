package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerThreadsTest {

    /** What a server looks up meanwhile it does not find in the application, and can't keep. */
    @Test
    void theServerIsAskedWithItsOwnClassLoaderAndTheThreadHasTheApplications() throws Exception {
        Thread caller = Thread.currentThread();
        ClassLoader servers = caller.getContextClassLoader();
        List<ClassLoader> seen = new ArrayList<>();
        try (URLClassLoader application = new URLClassLoader(new URL[0], servers)) {
            caller.setContextClassLoader(application);
            Thread made = new ContainerThreads(task -> {
                        seen.add(Thread.currentThread().getContextClassLoader());
                        return new Thread(task);
                    })
                    .newThread(() -> seen.add(Thread.currentThread().getContextClassLoader()));
            made.start();
            made.join();

            assertThat(seen).containsExactly(ContainerThreadsTest.class.getClassLoader(), application);
            assertThat(caller.getContextClassLoader()).isSameAs(application);
        } finally {
            caller.setContextClassLoader(servers);
        }
    }
}
